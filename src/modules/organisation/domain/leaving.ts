import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'
import { mayAnywhere, type Sight } from '../../../kernel/viewer.ts'

/** Nobody records their own leaving, and only those who manage people record anyone's. */
export const canRecordLeaving = (viewer: Sight, person: number): Verdict =>
  person === viewer.person
    ? refused('You can’t record that you yourself have left. Ask someone else who manages people.')
    : mayAnywhere(viewer, 'manage people')
      ? allowed
      : refused('You can’t record that someone has left: you manage no people.')
