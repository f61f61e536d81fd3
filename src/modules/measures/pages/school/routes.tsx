import { type Context, Hono } from 'hono'
import { figurePath } from '../../../../kernel/figure.ts'
import type { Env } from '../../../../platform/http/env.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { Page, Section, Table, TakeAway } from '../../../../ui/index.ts'
import { audit } from '../../../access/index.ts'
import { schoolOnAPageOf } from '../../documents/school-on-a-page.ts'
import { ClassPageView } from '../class/page.tsx'
import { classPage } from '../class/query.ts'
import { EveryPageView } from '../every/page.tsx'
import { everyPage } from '../every/query.ts'
import { GradesPageView } from '../grades/page.tsx'
import { gradesPage } from '../grades/query.ts'
import { GroupsPageView } from '../groups/page.tsx'
import { groupsPage } from '../groups/query.ts'
import { fileAsked, sendTable, settingAsked } from '../send.ts'
import { valueWords } from '../shown.ts'
import { SubjectPageView } from '../subject/page.tsx'
import { subjectPage } from '../subject/query.ts'
import { classTable, groupsTable, schoolTable } from '../taken-away.ts'
import { lookPage } from '../where-to-look/query.ts'
import { asAtWords, intervalTo, ofNWords, yearWords } from '../words.ts'
import { SchoolPageView } from './page.tsx'
import { type SchoolPage, schoolPage } from './query.ts'

const pageOf = (c: Context<Env>) => schoolPage(c.get('viewer'), c.req.param('slug')!, settingAsked(c))

/** The school's key figures as a plain table. */
const SchoolTableView = ({ page, viewer }: { page: SchoolPage; viewer: Viewer }) => {
  const here = `/schools/${page.school.slug}`
  const query = `drop=${page.setting.drop?.code ?? ''}&year=${page.year}`
  return (
    <Page
      viewer={viewer}
      trust={page.setting.trust.name}
      nav="standards"
      title={`${page.school.shortName}, as a table`}
      purpose="The school’s key figures, each with its interval and how many it counts."
      crumbs={[
        { text: page.setting.trust.name, href: '/trust' },
        { text: page.school.shortName, href: here },
        { text: 'As a table' },
      ]}
      asAt={asAtWords(page.setting)}
    >
      <Section>
        <Table
          caption="Key figures"
          columns={[
            { head: 'Measure' },
            { head: 'Year' },
            { head: 'Value', num: true },
            { head: 'Interval', num: true },
            { head: 'Counted', num: true },
            { head: 'Trust', num: true },
          ]}
          rows={[...page.key, ...page.results].map(({ measure, year, figure, trust }) => [
            measure.name,
            yearWords(year),
            figure.kind === 'value' ? (
              <a href={figurePath(figure.key)}>{valueWords(measure, figure.value!)}</a>
            ) : (
              <i class="hush">{figure.kind}</i>
            ),
            intervalTo(measure, figure),
            figure.kind === 'value' ? ofNWords(measure, figure) : '',
            trust?.kind === 'value' ? valueWords(measure, trust.value!) : '',
          ])}
        />
        <TakeAway
          links={[
            { text: 'CSV', href: `${here}/table?${query}&as=csv` },
            { text: 'Spreadsheet', href: `${here}/table?${query}&as=xlsx` },
          ]}
        />
      </Section>
    </Page>
  )
}

export const schoolRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/schools/:slug', async (c) => {
      const viewer = c.get('viewer')
      const { year: _, ...setting } = settingAsked(c)
      const page = await pageOf(c)
      return c.html(<SchoolPageView page={page} look={await lookPage(viewer, setting)} viewer={viewer} />)
    })
    .get('/schools/:slug/table', async (c) => {
      const page = await pageOf(c)
      const as = fileAsked(c)
      return as
        ? sendTable(c, schoolTable(page), as)
        : c.html(<SchoolTableView page={page} viewer={c.get('viewer')} />)
    })
    .get('/schools/:slug/page.pdf', async (c) => {
      const viewer = c.get('viewer')
      const slug = c.req.param('slug')
      const pdf = await schoolOnAPageOf(viewer, slug, settingAsked(c))
      return c.body(pdf as Uint8Array<ArrayBuffer>, 200, {
        'Content-Type': 'application/pdf',
        'Content-Disposition': `inline; filename="${slug}-on-a-page.pdf"`,
      })
    })
    .get('/schools/:slug/groups', async (c) => {
      const viewer = c.get('viewer')
      const measure = c.req.query('measure')
      const page = await groupsPage(viewer, c.req.param('slug'), {
        ...settingAsked(c),
        ...(measure ? { measure } : {}),
      })
      const as = fileAsked(c)
      return as ? sendTable(c, groupsTable(page), as) : c.html(<GroupsPageView page={page} viewer={viewer} />)
    })
    .get('/schools/:slug/classes/:id', async (c) => {
      const viewer = c.get('viewer')
      const page = await classPage(viewer, c.req.param('slug'), Number(c.req.param('id')), settingAsked(c))
      if (page.pupils) c.header('Cache-Control', 'no-store')
      const as = page.pupils ? fileAsked(c) : undefined
      if (!as) return c.html(<ClassPageView page={page} viewer={viewer} />)
      await audit(viewer, {
        deed: 'exported pupils',
        subject: 'organisation.class',
        id: page.class.id,
        school: page.school.id,
        detail: { pupils: page.pupils!.length },
      })
      return sendTable(c, classTable(page), as)
    })
    .get('/schools/:slug/figures', async (c) => {
      const viewer = c.get('viewer')
      const page = await everyPage(viewer, c.req.param('slug'), settingAsked(c))
      return c.html(<EveryPageView page={page} viewer={viewer} />)
    })
    .get('/schools/:slug/subjects/:code/grades', async (c) => {
      const viewer = c.get('viewer')
      const page = await gradesPage(viewer, c.req.param('slug'), c.req.param('code'), settingAsked(c))
      return c.html(<GradesPageView page={page} viewer={viewer} />)
    })
    .get('/schools/:slug/subjects/:code', async (c) => {
      const viewer = c.get('viewer')
      return c.html(
        <SubjectPageView
          page={await subjectPage(viewer, c.req.param('slug'), c.req.param('code'), settingAsked(c))}
          viewer={viewer}
        />,
      )
    })
