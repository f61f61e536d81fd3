import type { Stage } from '../tables.ts'

export const stages: readonly Stage[] = ['explore', 'prepare', 'deliver', 'sustain']

export const stageNames: Record<Stage, string> = {
  explore: 'Explore',
  prepare: 'Prepare',
  deliver: 'Deliver',
  sustain: 'Sustain',
}

/** What each stage asks before going on. */
export const stageQuestions: Record<Stage, string> = {
  explore: 'Is this the right problem, and the right answer to it?',
  prepare: 'Are people, time and materials ready?',
  deliver: 'Is it done as meant, and does it work?',
  sustain: 'Will it last when attention moves on?',
}

export const nextStage = (stage: Stage): Stage =>
  stages[Math.min(stages.indexOf(stage) + 1, stages.length - 1)]!
