/**
 * What each role may do, in one table. The product's page "Who may see what" prints this table; every query and
 * command asks `may` of it. A role is held at a node of the tree (trust, cluster, school, department, class), from a
 * day to a day, and reaches everything below that node.
 */
export const roles = [
  'administrator',
  'data-lead',
  'director',
  'headteacher',
  'data-manager',
  'subject-leader',
  'class-teacher',
  'trustee',
  'local-governor',
  'clerk',
] as const
export type Role = (typeof roles)[number]

export const roleNames: Record<Role, string> = {
  administrator: 'Administrator',
  'data-lead': 'Trust data lead',
  director: 'Director of education',
  headteacher: 'Headteacher',
  'data-manager': 'School data manager',
  'subject-leader': 'Subject leader',
  'class-teacher': 'Class teacher',
  trustee: 'Trustee',
  'local-governor': 'Local governor',
  clerk: 'Governance professional',
}

export const deeds = {
  'see figures': 'See figures of schools and year groups',
  'see small groups': 'See figures of groups under 6 pupils',
  'see pupils': 'See pupils by name, with their results and history',
  'see files': 'See the files schools sent, and how they were read',
  'open drop': 'Open a data drop and change what it asks for',
  'keep schools': 'Add schools and keep their record, as from GIAS',
  'send results': 'Upload a school’s file, check it, publish it and undo it',
  'sign off': 'Sign off a school’s data',
  'lock drop': 'Lock a drop, which makes its snapshot final',
  chase: 'Remind schools that are late',
  'manage people': 'Invite people, give and end roles',
  'break glass':
    'See a pupil or a school outside the own role for a stated reason and a few hours; the trust is told at once',
  'see audit': 'See who looked at which pupil, and who did what',
  'let go': 'Erase a pupil’s record, join two records of one pupil, and say how long records are kept',
  'run the system': 'See how the system itself is doing: long work, letters, storage, versions',
  'set direction': 'Say what the trust or a school stands for: vision, aims, priorities',
  'write plan': 'Write improvement plans and say how they go',
  'write evaluation': 'Write, confirm and sign a school’s self-evaluation, and read its drafts',
} as const
export type Deed = keyof typeof deeds

/** What someone sees who has broken the glass: they look, and change nothing. */
export const openedDeeds: readonly Deed[] = ['see figures', 'see small groups', 'see pupils']

export const mayDo: Record<Role, readonly Deed[]> = {
  administrator: [
    'see figures',
    'keep schools',
    'manage people',
    'see audit',
    'break glass',
    'run the system',
  ],
  'data-lead': [
    'see figures',
    'see small groups',
    'see pupils',
    'see files',
    'open drop',
    'keep schools',
    'send results',
    'lock drop',
    'chase',
    'manage people',
    'see audit',
    'break glass',
    'let go',
    'run the system',
  ],
  director: [
    'see figures',
    'see small groups',
    'see pupils',
    'see files',
    'chase',
    'see audit',
    'set direction',
    'write plan',
    'break glass',
  ],
  headteacher: [
    'see figures',
    'see small groups',
    'see pupils',
    'see files',
    'send results',
    'sign off',
    'manage people',
    'see audit',
    'set direction',
    'write plan',
    'write evaluation',
    'break glass',
  ],
  'data-manager': [
    'see figures',
    'see small groups',
    'see pupils',
    'see files',
    'send results',
    'break glass',
  ],
  'subject-leader': ['see figures', 'see small groups', 'see pupils', 'break glass'],
  'class-teacher': ['see figures', 'see small groups', 'see pupils', 'break glass'],
  trustee: ['see figures'],
  'local-governor': ['see figures'],
  clerk: ['see figures'],
}
