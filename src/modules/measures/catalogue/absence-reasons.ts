import { type Measure, version } from '../domain/measure.ts'

const guide =
  'Department for Education, pupil attendance and absence: methodology; register codes in force from 19 August 2024'

const ofCodes = (
  id: string,
  name: string,
  shortName: string,
  codes: readonly string[],
  definition: string,
  domain: readonly [number, number] = [0, 10],
): Measure => ({
  id,
  name,
  shortName,
  population:
    'Pupils on roll on the day of the drop whose school sent its registers by code; counted when they had a possible session',
  rule: { kind: 'sessions coded', codes },
  unit: 'percent',
  direction: 'lower is better',
  places: 1,
  domain,
  interval: 'ratio',
  phases: ['primary', 'secondary', 'special', 'all-through'],
  year: 'all',
  years: 'all',
  drops: 'any',
  headline: false,
  topic: 'attendance',
  versions: [
    version(
      2006,
      `${definition}, as a percentage of possible sessions, this academic year up to the day of the drop.`,
      guide,
    ),
  ],
})

const authorised = ['C', 'C1', 'C2', 'E', 'F', 'H', 'I', 'J1', 'M', 'R', 'S', 'T']
const unauthorised = ['G', 'N', 'O', 'U']

/** Why sessions were missed, and how many began late: each a share of possible sessions, as DfE publishes them. */
export const absenceReasons: readonly Measure[] = [
  ofCodes(
    'authorised-absence',
    'Authorised absence',
    'Authorised',
    authorised,
    'Sessions of authorised absence',
    [0, 20],
  ),
  ofCodes(
    'unauthorised-absence',
    'Unauthorised absence',
    'Unauthorised',
    unauthorised,
    'Sessions of unauthorised absence',
    [0, 20],
  ),
  ofCodes('absence-illness', 'Absence for illness', 'Illness', ['I'], 'Sessions coded I'),
  ofCodes(
    'absence-medical',
    'Absence for medical or dental appointments',
    'Appointments',
    ['M'],
    'Sessions coded M',
    [0, 5],
  ),
  ofCodes(
    'absence-exclusion',
    'Absence while suspended or excluded',
    'Suspended',
    ['E'],
    'Sessions coded E',
    [0, 5],
  ),
  ofCodes(
    'absence-part-time',
    'Absence on a part-time timetable',
    'Part-time timetable',
    ['C2'],
    'Sessions coded C2 (from August 2024)',
    [0, 5],
  ),
  ofCodes(
    'absence-holiday',
    'Absence for a holiday that was not granted',
    'Holiday not granted',
    ['G'],
    'Sessions coded G',
    [0, 5],
  ),
  ofCodes(
    'absence-other-unauthorised',
    'Other unauthorised absence',
    'Other unauthorised',
    ['O'],
    'Sessions coded O',
  ),
  ofCodes(
    'absence-no-reason',
    'Absence with no reason yet',
    'No reason yet',
    ['N'],
    'Sessions coded N',
    [0, 5],
  ),
  ofCodes(
    'lateness',
    'Late to school',
    'Lateness',
    ['L', 'U'],
    'Sessions coded L (before the register closed) or U (after)',
    [0, 10],
  ),
]
