import { type Context, Hono } from 'hono'
import type { FigureKey } from '../../../../kernel/figure.ts'
import type { Env } from '../../../../platform/http/env.ts'
import { keyAt } from '../../queries/figure-at.ts'
import { fileAsked, sendPicture, sendTable } from '../send.ts'
import { figureTable, pupilsTable } from '../taken-away.ts'
import type { WorkOf } from '../work.tsx'
import { FigurePageView } from './page.tsx'
import { figurePicture } from './picture.ts'
import { pupilsPage } from './pupils.ts'
import { PupilsPageView } from './pupils-page.tsx'
import { figurePage } from './query.ts'

const address = '/figure/:measure/:place/:year/:group/:period'

const keyOf = (c: Context<Env>): FigureKey => {
  const { measure, place, year, group, period, snapshot } = c.req.param() as Record<string, string>
  return keyAt({
    measure: measure!,
    place: place!,
    year: year!,
    group: group!,
    period: period!,
    snapshot: snapshot!.replace(/\.png$/, ''),
  })
}

export const figureRoutes = (workOf: WorkOf): Hono<Env> =>
  new Hono<Env>()
    .get(`${address}/:snapshot{[0-9]+\\.png}`, async (c) =>
      sendPicture(c, figurePicture(await figurePage(c.get('viewer'), keyOf(c)))),
    )
    .get(`${address}/:snapshot{[0-9]+}`, async (c) => {
      const viewer = c.get('viewer')
      const page = await figurePage(viewer, keyOf(c))
      const as = fileAsked(c)
      if (as) return sendTable(c, figureTable(page), as)
      const { figure, place } = page.detail
      const about = { kind: 'figure', key: figure.key, school: place.school } as const
      const work = (await workOf(viewer, [about]))(about)
      return c.html(
        <FigurePageView
          page={page}
          viewer={viewer}
          work={figure.kind === 'value' ? work : { ...work, offers: [] }}
        />,
      )
    })
    .get(`${address}/:snapshot{[0-9]+}/pupils`, async (c) => {
      const viewer = c.get('viewer')
      const as = fileAsked(c)
      const page = await pupilsPage(viewer, keyOf(c), {
        missingOnly: c.req.query('missing') === 'yes',
        exported: as !== undefined,
      })
      c.header('Cache-Control', 'no-store')
      return as ? sendTable(c, pupilsTable(page), as) : c.html(<PupilsPageView page={page} viewer={viewer} />)
    })
