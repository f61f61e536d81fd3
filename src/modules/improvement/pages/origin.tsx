import { NotHere } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { findingNow } from '../../measures/index.ts'
import { schools } from '../../organisation/index.ts'
import { whenceOf } from '../domain/origin.ts'
import { citedFigure } from '../queries/cited-figure.ts'
import { evaluationById } from '../queries/evaluation.ts'
import type { Origin } from '../tables.ts'

/** Where something came from, as it was said then, and what is to be said of it today. */
export interface OriginSeen {
  readonly origin: Origin
  readonly now?: string
}

export async function originSeen(viewer: Viewer, origin: Origin): Promise<OriginSeen> {
  try {
    const now = await nowOf(viewer, origin)
    return { origin, ...(now ? { now } : {}) }
  } catch (error) {
    if (!(error instanceof NotHere)) throw error
    return { origin }
  }
}

async function nowOf(viewer: Viewer, { href, text }: Origin): Promise<string | undefined> {
  const whence = whenceOf(href)
  switch (whence?.kind) {
    case 'figure': {
      const { place, ...key } = whence.key
      const school = (await schools(viewer)).find((one) => one.slug === place.split('~')[0])
      if (place.includes('~')) return undefined
      const { gone, moved } = await citedFigure(viewer, { ...key, school: school?.id ?? null })
      return gone
        ? 'Its measure was withdrawn, or you may not see it.'
        : moved
          ? `It ${moved}.`
          : 'It reads the same today.'
    }
    case 'finding':
      return findingNow(viewer, whence.key, text)
    case 'judgement': {
      const [last] = (await evaluationById(viewer, whence.evaluation, whence.area)).areas[0]!.confirmed
      return last && `Now judged ${last.document.gradeName.toLowerCase()}.`
    }
    case undefined:
      return undefined
  }
}

export const OriginLine = ({ seen: { origin, now } }: { seen: OriginSeen }) => (
  <>
    <p>
      <a href={origin.href}>{origin.text}</a>
      {origin.snapshot !== null && <span class="hush"> snapshot {origin.snapshot}</span>}
    </p>
    {now && <p class="small">{now}</p>}
  </>
)
