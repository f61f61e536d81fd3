import { dayName, londonDay } from '../../../kernel/days.ts'
import { type Figure, figurePath } from '../../../kernel/figure.ts'
import { decimal, signed, whole } from '../../../kernel/numbers.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { yearGroupName } from '../../../kernel/year-group.ts'
import { renderPdf } from '../../../platform/pdf/render.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { gapDomain } from '../../../ui/index.ts'
import { schoolByUrn } from '../../organisation/index.ts'
import { findingsFor } from '../components/finding-list.tsx'
import { gapRows } from '../components/gap-rows.ts'
import type { Measure } from '../domain/measure.ts'
import { intervalMethods } from '../pages/methods.ts'
import {
  type KeyFigure,
  type Over,
  type SchoolAsk,
  type SchoolPage,
  schoolPage,
} from '../pages/school/query.ts'
import { axisOf, shownOf, standingOf, standingWords, valueWords } from '../pages/shown.ts'
import { standings } from '../pages/where-to-look/page.tsx'
import { type LookPage, lookPage, lookPageNow } from '../pages/where-to-look/query.ts'
import { gapWords, headHere, sureWords } from '../pages/where-to-look/words.ts'
import {
  dropWords,
  figureWords,
  intervalTo,
  isShare,
  numberWord,
  ofNWords,
  sentenceCase,
  withinSentence,
  yearWords,
} from '../pages/words.ts'
import { gapDrawing, gapScaleDrawing, intervalDrawing, trendPanel } from './drawings.ts'
import { asOutsider } from './outsider.ts'
import { type Sheet, type SheetFigure, type SheetStatus, type SheetTrend, statusMarks } from './sheet.ts'
import { sheetTemplate } from './sheet-template.ts'
import type { BriefingAsk } from './trust-briefing.ts'

const lineOf = ({ national, trust }: KeyFigure): number | undefined =>
  national?.value ?? (trust?.kind === 'value' ? trust.value : undefined)

function statusOf(item: KeyFigure): SheetStatus | undefined {
  const standing = standingOf(item.figure, lineOf(item), item.measure)
  return (
    standing && {
      mark: statusMarks[standing],
      words: standingWords(standing, item.national ? 'national' : 'the trust', item.measure),
    }
  )
}

function sheetFigure(item: KeyFigure): SheetFigure {
  const { measure, figure, year, national } = item
  const name = `${measure.shortName}, ${yearWords(year)}`
  if (figure.kind !== 'value') return { name, value: figure.kind, absent: true, of: '', compared: '' }
  const line = lineOf(item)
  const lineName = national ? 'national' : 'trust'
  const axis = axisOf(measure, { national: line })
  const [least, most] = axis.domain
  const scale = least === 0 && most === 100 ? '' : `; scale ${decimal(least)} to ${decimal(most)}`
  return {
    name,
    value: valueWords(measure, figure.value!),
    absent: false,
    of: [ofNWords(measure, figure), intervalTo(measure, figure)].filter(Boolean).join('; '),
    chart: intervalDrawing(name, shownOf(figure, standingOf(figure, line, measure)), axis, lineName),
    compared: line === undefined ? '' : `${lineName} ${valueWords(measure, line)}, dashed${scale}`,
    status: statusOf(item),
  }
}

function gapsOf(page: SchoolPage): Sheet['gaps'] {
  const { lead } = page
  if (!lead || page.gaps.length === 0) return undefined
  const { measure } = lead
  const rows = gapRows(measure, page.gaps)
  const domain = gapDomain(
    rows.flatMap(({ gap }) => [gap.value, gap.low, gap.high]),
    measure.places > 0 ? 1 : 20,
  )
  return {
    heading: `Gaps in ${withinSentence(measure.shortName)}, ${yearWords(lead.year)}`,
    note: 'Left is behind everyone else',
    scale: gapScaleDrawing(domain, measure.places),
    rows: rows.map(({ name, gap, group }) =>
      gap.value === undefined
        ? { group: name, absence: String(gap.absent) }
        : {
            group: name,
            chart: gapDrawing(name, gap, domain, measure.places),
            gap: signed(gap.value, measure.places),
            interval: `${signed(gap.low ?? 0, measure.places)} to ${signed(gap.high ?? 0, measure.places)}`,
            members: String(group ?? ''),
            behind: gap.status === 'below',
          },
    ),
  }
}

const drawnValue = (figure: Figure | undefined): number | undefined =>
  figure?.kind === 'value' ? figure.value : undefined

function trendOf(over: Over): SheetTrend {
  const { measure, points, year, national } = over
  const own = points.map(({ figure }) => drawnValue(figure))
  const trust = points.map((point) => drawnValue(point.trust))
  const others = (points[0]?.others ?? []).map((_, at) => points.map((point) => drawnValue(point.others[at])))
  const last = points.at(-1)
  return trendPanel(
    measure,
    year,
    points.map(({ drop }) => drop),
    {
      own,
      trust,
      others,
      national,
      below:
        last?.figure !== undefined && standingOf(last.figure, national ?? trust.at(-1), measure) === 'below',
    },
  )
}

/** Classes are small: how many of how many says it, not a percentage. */
const classWords = (measure: Measure, figure: Figure): string =>
  isShare(measure) && figure.kind === 'value' ? ofNWords(measure, figure) : figureWords(measure, figure)

function classesOf(page: SchoolPage): Sheet['classes'] {
  if (page.classes.length === 0 || page.classes.length > 14) return undefined
  const measures = page.classMeasures.slice(0, 4)
  return {
    heading: 'Classes',
    note: 'Small numbers: read with care',
    columns: ['Class', 'Year', ...measures.map((measure) => measure.shortName)],
    rows: page.classes.map((row) => [
      row.class.name,
      yearGroupName(row.class.yearGroup),
      ...measures.map((measure, at) =>
        row.figures[at] ? classWords(measure, row.figures[at]) : 'not collected',
      ),
    ]),
  }
}

function coverageOf(page: SchoolPage): Sheet['coverage'] {
  const rows = page.key.flatMap(({ measure, year, figure }) => {
    if (figure.kind !== 'value' || figure.population === undefined || measure.topic === 'attendance')
      return []
    const missing = figure.population - (figure.of ?? figure.n ?? 0)
    const text = missing <= 0 ? 'nobody' : `${whole(missing)} of ${whole(figure.population)}`
    return [{ name: `${measure.shortName}, ${yearWords(year)}`, text }]
  })
  return rows.length ? { heading: 'Who is missing', note: '', rows } : undefined
}

/** The school’s own findings; nothing before its drop has been looked through. */
function lookOf(look: LookPage, { school }: SchoolPage): Sheet['findings'] {
  const found = findingsFor(look, school.id)
  if (look.state !== 'done' || look.tested === 0) return undefined
  return {
    heading: 'Where to look first',
    note:
      found.length === 0
        ? `Nothing stands out: ${whole(look.tested)} places and groups were looked at across the trust`
        : 'Against similar pupils across the trust; what chance explains is left out',
    rows: found.slice(0, 2).map((finding) => ({
      before: `${headHere(finding)}: `,
      number: `${finding.pupils} of ${finding.of} pupils`,
      after: `, ${gapWords(finding)}, ${sureWords(finding)}.`,
      status: { mark: statusMarks[finding.standing], words: standings[finding.standing] },
    })),
  }
}

/** What stands on the sheet of a school whose page is this. */
function sheetOf(page: SchoolPage, look: LookPage, origin: string): Sheet {
  const { school, setting, over } = page
  const drop = setting.drop!
  const signed_ = page.readiness?.signedOff
  const nationals = [...new Set(page.key.flatMap(({ national }) => national?.label ?? []))]
  const methods = [...new Set(page.key.map(({ measure }) => intervalMethods[measure.interval].name))]
  const shown = page.key.slice(0, 5)
  return {
    school: school.name,
    ...(school.motto ? { motto: school.motto } : {}),
    trust: setting.trust.name,
    period: `School on a page, ${dropWords(drop)}`,
    dated: `Data as at ${dayName(drop.asAt)}, snapshot ${setting.snapshot}${drop.lock && drop.lock.snapshot <= setting.snapshot ? ', locked' : ', before the lock'}`,
    thread: [
      ...(setting.trust.vision ? [{ word: 'Aim', text: setting.trust.vision, here: false }] : []),
      { word: 'Evidence', text: `${drop.name} drop, snapshot ${setting.snapshot}`, here: true },
      { word: 'Decision', text: `To be made: ${withinSentence(drop.decides)}`, here: false },
    ],
    figures: {
      heading: 'Key figures',
      note: '95% intervals, each on the scale of its measure',
      items: shown.map(sheetFigure),
    },
    findings: lookOf(look, page),
    gaps: gapsOf(page),
    ...(over.length
      ? {
          trends: {
            heading: `Over ${numberWord(over[0]!.points.length).toLowerCase()} drops`,
            note: 'Black, the trust; dashed, national; pale, the trust’s other schools of the phase.',
            panels: over.slice(0, 2).map(trendOf),
          },
        }
      : {}),
    classes: classesOf(page),
    coverage: coverageOf(page),
    foot: [
      `Sources: ${school.shortName}’s files for ${dropWords(drop)}, ${signed_ ? `signed off by ${signed_.by} on ${dayName(londonDay(signed_.at))}` : 'not signed off yet'}. ${nationals.length ? `${nationals.map(sentenceCase).join('; ')}.` : 'No national figures exist for these measures: they are held against the trust.'}`,
      `Intervals: ${methods.join('; ')}. Groups under 6 pupils are not shown, nor a neighbour that would give one away. Nothing here is about a teacher.`,
    ],
    addresses: shown
      .filter(({ figure }) => figure.kind === 'value')
      .map(({ measure, figure }) => ({ name: measure.shortName, url: `${origin}${figurePath(figure.key)}` })),
  }
}

/**
 * School on a page as a tagged PDF/UA-1.
 * @throws NotHere for a school that the viewer does not reach, or that has published nothing yet.
 */
export async function schoolOnAPageOf(
  viewer: Viewer,
  slug: string,
  ask: SchoolAsk & Pick<BriefingAsk, 'scanNow'> = {},
): Promise<Uint8Array> {
  const reader = asOutsider(viewer)
  const page = await schoolPage(reader, slug, ask)
  if (!page.setting.drop || page.key.length === 0)
    throw new NotHere(`${page.school.name} has published nothing yet, so there is nothing to put on a page.`)
  const { drop, snapshot } = ask
  const look = await (ask.scanNow ? lookPageNow : lookPage)(reader, {
    ...(drop ? { drop } : {}),
    ...(snapshot ? { snapshot } : {}),
  })
  const sheet = sheetOf(page, look, viewer.house.config.origin)
  return renderPdf({
    title: `${sheet.school}: ${sheet.period}`,
    template: sheetTemplate,
    data: sheet,
    madeAt: viewer.house.clock.now(),
  })
}

/** School on a page of a school by its URN, as the latest snapshot has it. @throws NotHere */
export const schoolOnAPage = async (viewer: Viewer, urn: string): Promise<Uint8Array> =>
  schoolOnAPageOf(viewer, (await schoolByUrn(viewer, urn)).slug, { scanNow: true })
