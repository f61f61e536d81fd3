import type { Sight } from '../kernel/viewer.ts'
import type { House } from './house.ts'

/** Who is looking, with the doors through which they look. First argument of every query and command. */
export interface Viewer extends Sight {
  readonly house: House
}
