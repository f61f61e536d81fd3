import { dayName } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { schools, trustOf } from '../../organisation/index.ts'
import { type FrozenJudgement, type Part, partsOf } from '../domain/frozen.ts'
import { evaluationById } from '../queries/evaluation.ts'
import { docxOf } from './docx.ts'
import { type Paper, type Piece, pdfOf, pieceOf } from './paper.ts'

/** What is confirmed: the same for everyone who may read it. Drafts are never in it. @throws NotHere */
async function evaluationInWords(viewer: Viewer, id: number): Promise<Paper> {
  const evaluation = await evaluationById(viewer, id)
  const school = (await schools(viewer)).find((one) => one.id === evaluation.school)
  const who = school?.name ?? (await trustOf(viewer)).name
  return {
    heading: `${school?.shortName ?? who}: self-evaluation`,
    trust: (await trustOf(viewer)).name,
    dated: `As confirmed up to ${dayName(viewer.today)}`,
    lead: evaluation.framework.name,
    sections: evaluation.areas.map(({ area, confirmed }) => ({
      title: confirmed[0] ? `${area.name}: ${confirmed[0].document.gradeName}` : area.name,
      pieces: confirmed[0] ? piecesOf(confirmed[0].document) : [{ kind: 'text', text: 'Not confirmed yet.' }],
    })),
    foot: `${who}. ${evaluation.framework.name}. No pupil is named; groups under 6 are not cited.`,
  }
}

export function piecesOf(judgement: FrozenJudgement): Piece[] {
  const line = (number: number) => judgement.lines.find((one) => one.line === number)
  const read = (paragraphs: readonly (readonly Part[])[]): string[] =>
    paragraphs.map((parts) =>
      parts
        .map((part) => {
          if (!('line' in part)) return part.text
          const cited = line(part.line)
          if (!cited || cited.snapshot === null) return `[${part.line}]`
          return `${part.shown === 'of' ? cited.of : cited.value} [${part.line}]`
        })
        .join(''),
    )
  const headed = (title: string, words: string): Piece[] =>
    words.trim() ? [{ kind: 'sub', text: title }, ...read(partsOf(words)).map(pieceOf)] : []
  return [
    { kind: 'small', text: `Confirmed ${dayName(judgement.on)} by ${judgement.by}.` },
    ...read(judgement.paragraphs).map(pieceOf),
    ...headed('Strengths', judgement.strengths),
    ...headed('What is next', judgement.next),
    ...(judgement.lines.length
      ? [
          {
            kind: 'table',
            columns: ['Line', 'Evidence', 'Value', 'Of', 'Interval', 'Read at'],
            widths: [0.6, 5, 1.2, 1.6, 1.6, 2.4],
            rows: judgement.lines.map((one) => [
              String(one.line),
              one.kept ? `${one.name}. Kept: ${one.kept}` : one.name,
              one.value,
              one.of,
              one.interval,
              one.snapshot === null ? '' : `${one.period}, snapshot ${one.snapshot}`,
            ]),
          } as const,
        ]
      : []),
  ]
}

/** As an accessible PDF. @throws NotHere */
export const evaluationPaper = async (viewer: Viewer, id: number): Promise<Uint8Array> =>
  pdfOf(viewer, await evaluationInWords(viewer, id))

/** The same as a Word document. @throws NotHere */
export const evaluationDocx = async (viewer: Viewer, id: number): Promise<Uint8Array> =>
  docxOf(await evaluationInWords(viewer, id))
