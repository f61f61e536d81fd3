export interface GuideSection {
  readonly title: string
  /** Pages of docs/guide by their names, in the order in which they are needed. */
  readonly pages: readonly string[]
}

/** The guide in the order of a trust's year; every page stands in one section. */
export const guideSections: readonly GuideSection[] = [
  {
    title: 'Read how pupils are doing',
    pages: [
      'read-the-trust-page',
      'where-to-look-first',
      'school-on-a-page',
      'read-a-figure',
      'see-grades',
      'question-by-question',
      'read-value-added',
      'read-a-funnel',
      'find-pupils',
      'take-tables-away',
      'brief-the-board',
    ],
  },
  {
    title: 'Evaluate, plan and follow up',
    pages: [
      'say-what-the-trust-stands-for',
      'write-the-self-evaluation',
      'bring-an-existing-self-evaluation',
      'write-an-improvement-plan',
      'start-from-a-template',
      'make-work-of-a-finding',
      'follow-the-thread',
      'report-on-the-strategy',
    ],
  },
  {
    title: 'Collect results and records',
    pages: [
      'open-a-drop',
      'send-a-file',
      'grades-of-several-scales',
      'mend-rows',
      'answer-questions-and-sign-off',
      'questions-about-the-data',
      'questions-about-rolls',
      'chase-and-lock',
      'correct-a-locked-result',
      'send-registers-and-behaviour',
      'bring-in-pupils-and-classes',
      'transfer-files',
      'send-files-at-night',
      'undo-a-file-of-the-record',
    ],
  },
  {
    title: 'Pupils, classes and schools that change',
    pages: [
      'move-a-pupil',
      'split-a-class',
      'merge-two-records',
      'a-school-joins',
      'a-school-leaves',
      'schools-merge',
    ],
  },
  {
    title: 'People, privacy and who may see what',
    pages: [
      'who-may-see-what',
      'invite-people',
      'keep-staff-by-file-or-directory',
      'sign-in-safely',
      'say-how-people-sign-in',
      'break-the-glass',
      'read-the-audit-trail',
      'answer-a-subject-access-request',
      'erase-a-pupil',
      'keep-and-let-go',
      'data-protection-and-accessibility',
    ],
  },
  {
    title: 'Set up and look after Throughline',
    pages: [
      'try-your-own-file',
      'set-up-your-trust',
      'bring-in-schools',
      'look-after-the-system',
      'back-up-and-restore',
    ],
  },
]
