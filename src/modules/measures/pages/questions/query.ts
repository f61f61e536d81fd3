import { may } from '../../../../kernel/viewer.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { assessments } from '../../../evidence/index.ts'
import { classesOf } from '../../../organisation/index.ts'
import type { Doubt, DoubtBar } from '../../domain/doubts/doubt.ts'
import { doubtKey } from '../../doubts/make-doubts.ts'
import { type DoubtAnswer, doubtAnswers } from '../../queries/doubt-answers.ts'
import { scanAt } from '../../scan/scan-work.ts'
import {
  type DropSeen,
  dropsUpTo,
  type SchoolSeen,
  type Setting,
  type SettingAsk,
  settingOf,
} from '../setting.ts'
import { dropWords, sentenceCase, withinSentence } from '../words.ts'
import { doubtWords, pictureWords, questionOf } from './words.ts'

/** A doubt as a question that this viewer may read. */
export interface DataQuestion {
  readonly key: string
  readonly doubt: Doubt
  readonly at: SchoolSeen
  readonly title: string
  readonly question: string
  readonly innocent: string
  readonly bars: readonly DoubtBar[]
  readonly picture: string
  readonly answer?: DoubtAnswer
}

export interface QuestionsPage {
  readonly setting: Setting
  readonly drop?: DropSeen
  readonly state: 'done' | 'under way' | 'failed' | 'nothing to scan'
  readonly trouble?: string
  readonly before?: DropSeen
  readonly questions: readonly DataQuestion[]
}

/** Questions name classes and small groups, so they are for those who may see these. */
const maySee = (viewer: Viewer, { school, class: form }: Doubt['place']): boolean =>
  may(viewer, 'see small groups', { school, ...(form === undefined ? {} : { class: form }) })

/** Who may answer for a school. */
export const mayAnswer = (viewer: Viewer, school: number): boolean =>
  may(viewer, 'send results', { school }) || may(viewer, 'write plan', { school })

/** What is asked about the data of a drop, for this viewer. @throws NotHere for who may see no figures. */
export async function questionsPage(viewer: Viewer, ask: SettingAsk = {}): Promise<QuestionsPage> {
  const setting = await settingOf(viewer, ask)
  const { drop } = setting
  if (!drop || setting.snapshot === 0) return { setting, state: 'nothing to scan', questions: [] }
  const now = await scanAt(viewer, drop, setting.snapshot)
  if (now.kind === 'under way') return { setting, drop, state: 'under way', questions: [] }
  if (now.kind === 'failed') return { setting, drop, state: 'failed', trouble: now.trouble, questions: [] }
  const before = dropsUpTo(setting, drop, 2).find(
    (one) => one !== drop && one.academicYear === drop.academicYear,
  )
  const seen = now.scan.doubts.filter(({ place }) => maySee(viewer, place))
  const known = new Map((await assessments(viewer)).map(({ code, name }) => [code, name]))
  const classes = await classNames(viewer, drop, seen)
  const answers = await doubtAnswers(viewer, drop.id)
  const questions = seen.flatMap((doubt): DataQuestion[] => {
    const at = setting.schools.find(({ id }) => id === doubt.place.school)
    if (!at) return []
    const key = doubtKey(doubt.kind, doubt.place)
    const answer = answers.get(key)
    const form = doubt.place.class === undefined ? undefined : classes.get(doubt.place.class)
    const { title, innocent } = doubtWords[doubt.kind]
    const names = {
      school: at.shortName,
      ...(form ? { class: form } : {}),
      assessment: withinSentence(known.get(doubt.place.assessment ?? '') ?? ''),
      before: before ? dropWords(before) : 'the drop before',
      now: dropWords(drop),
    }
    return [
      {
        key,
        doubt,
        at,
        title,
        innocent,
        question: sentenceCase(questionOf(doubt, names)),
        bars: doubt.bars.map((bar) => ({ ...bar, label: barLabel(bar, setting) })),
        picture: pictureWords(doubt),
        ...(answer ? { answer } : {}),
      },
    ]
  })
  return { setting, drop, state: 'done', ...(before ? { before } : {}), questions }
}

/** A school by its name where the viewer reaches it, and by nothing where not. */
function barLabel({ label, school }: DoubtBar, { schools }: Setting): string {
  if (school === undefined) return label
  const name = schools.find(({ id }) => id === school)?.shortName
  return name === undefined ? '' : label === '' ? name : `${name}, ${yearGroupName(label)}`
}

async function classNames(viewer: Viewer, drop: DropSeen, doubts: readonly Doubt[]) {
  const schools = new Set(doubts.flatMap(({ place }) => (place.class === undefined ? [] : [place.school])))
  const all = await Promise.all([...schools].map((school) => classesOf(viewer, school, drop.academicYear)))
  return new Map(all.flat().map(({ id, name }) => [id, name]))
}
