import { dayName } from '../../kernel/days.ts'
import { whole } from '../../kernel/numbers.ts'
import type { Paper } from '../../platform/pdf/paper.ts'
import type { DpiaFacts } from './dpia-facts.ts'

const toWrite = 'For the trust to write: '

/** The facts in the order of the ICO’s template; what only the trust can say is marked as the trust’s to write. */
export function dpiaPaper(facts: DpiaFacts, today: string): Paper {
  const pupilRoles = facts.roles.filter(({ sees }) => sees.some((words) => /pupils by name/.test(words)))
  return {
    title: 'Data protection impact assessment: the facts',
    under: [
      `${facts.trust}, as Throughline is set on ${dayName(today)}.`,
      'Made from the record, the settings and the rules that the software enforces, in the order of the ICO’s template. It is the evidence for the trust’s assessment, and not the assessment.',
    ],
    sections: [
      {
        head: '1. Why it is needed',
        words: [
          'Children’s data, special category data among it, of many pupils, matched from several sources, and read to decide who gets help.',
        ],
        table: {
          columns: ['Drop', 'What it is for', 'What it decides'],
          rows: facts.purposes.map((one) => [one.drop, one.purpose, one.decides]),
        },
        empty: 'No drop has been opened yet.',
      },
      {
        head: '2. What is held',
        words: [`${facts.schools.length} schools: ${facts.schools.join(', ')}.`],
        table: {
          columns: ['What', 'How many', 'Of what kind'],
          rows: facts.held.map((one) => [one.what, whole(one.count), one.note]),
        },
      },
      {
        head: '3. Who sees it',
        words: [
          `Roles that see pupils by name: ${pupilRoles.map((one) => `${one.name} (${one.holders})`).join(', ')}. A role reaches only the place where it is held, and the database enforces it.`,
          `Beyond a role: a broken glass, for a reason and at most a day, told to the trust at once. It was done ${facts.brokenGlasses === 1 ? 'once' : `${whole(facts.brokenGlasses)} times`}.`,
        ],
        table: {
          columns: ['Role', 'Holders today', 'Sees'],
          rows: facts.roles.map((one) => [one.name, whole(one.holders), one.sees.join('; ')]),
        },
      },
      {
        head: '4. Where it is, and what leaves',
        table: {
          columns: ['Setting', 'As it is', 'To look at'],
          rows: facts.settings.map((one) => [one.name, one.words, one.concern ?? '']),
        },
      },
      {
        head: '5. Rights of pupils and parents',
        words: [
          'Access: the whole record of a pupil leaves as PDF and data, from the pupil’s page. Putting right: a name or a UPN on the same page, a result by bringing the file again or, after the lock, by a correction. Objection to automated decisions: none is taken; the software lists, people decide.',
          'Erasure: the data lead erases one pupil’s record, after a preview of what would go, with a reason that is kept. Rows go from the record, from every sealed file and from files as schools sent them; the old bytes leave the disk. Lines of the audit trail stay, without the name. Older backups hold the pupil until they are destroyed; one that is restored is gone through again.',
        ],
      },
      {
        head: '6. How long it is kept',
        words: [
          facts.nightly
            ? 'What has been kept long enough goes every night.'
            : 'What has been kept long enough goes when the data lead has looked at it and says so.',
        ],
        table: {
          columns: ['Class of record', 'Kept', 'By whose decision, and why'],
          rows: facts.kept.map((one) => [one.name, one.words, one.decided]),
        },
      },
      {
        head: '7. Risks, and what the software does',
        table: {
          columns: ['Risk', 'What is done', 'How it is shown'],
          rows: [
            [
              'Somebody looks who has no reason to',
              'Roles by place and day; each look is a line of the trail',
              facts.trail.ok
                ? `The trail’s chain of ${whole(facts.trail.rows)} lines holds today`
                : `The trail’s chain is broken at line ${whole(facts.trail.brokenAt)}`,
            ],
            [
              'A child is recognised in a small group',
              'Groups under 6 are hidden from whoever does not see the pupils, and so are figures that would give one away',
              'Methods, suppression',
            ],
            ['A leaver goes on reading', 'The last day ends roles, invitations and sessions', 'People'],
            [
              'A figure is wrong',
              'Coverage, checks, sign-off, a lock, and corrections with a reason',
              'Each figure’s own page',
            ],
            [
              'Results are used against a teacher',
              'No link from outcomes to appraisal exists in the record',
              'The pages say so',
            ],
          ],
        },
      },
      {
        head: '8. What only the trust can say',
        words: [
          `${toWrite}the lawful basis, and the condition for special category data.`,
          `${toWrite}who was consulted: pupils, parents, staff, schools.`,
          `${toWrite}how backups are kept and destroyed.`,
          `${toWrite}the advice of the data protection officer, who accepts what risk remains, and when this is looked at again.`,
        ],
      },
    ],
  }
}
