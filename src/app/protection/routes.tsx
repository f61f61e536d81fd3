import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Context, Hono } from 'hono'
import { audit } from '../../modules/access/index.ts'
import { trustOf } from '../../modules/organisation/index.ts'
import type { Env } from '../../platform/http/env.ts'
import { type Paper, paperPdf } from '../../platform/pdf/paper.ts'
import { Page, Section, Table, TakeAway } from '../../ui/index.ts'
import { accessibilityPaper } from './accessibility-paper.ts'
import { dpiaFacts } from './dpia-facts.ts'
import { dpiaPaper } from './dpia-paper.ts'

const version = (): string =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8')).version

/** The same paper as a page, section by section. */
const PaperPage = ({
  c,
  trust,
  paper,
  purpose,
  href,
}: {
  c: Context<Env>
  trust: string
  paper: Paper
  purpose: string
  href: string
}) => (
  <Page
    title={paper.title}
    viewer={c.get('viewer')}
    trust={trust}
    nav="guide"
    purpose={purpose}
    asAt={paper.under}
  >
    <TakeAway links={[{ text: 'PDF', href }]} />
    {paper.sections.map((part) => (
      <Section title={part.head}>
        {part.words?.map((words) => (
          <p>{words}</p>
        ))}
        {part.table && (
          <Table
            caption={part.head}
            columns={part.table.columns.map((head) => ({ head }))}
            rows={part.table.rows}
            empty={part.empty}
          />
        )}
      </Section>
    ))}
  </Page>
)

async function sendPdf(c: Context<Env>, paper: Paper, name: string) {
  const pdf = await paperPdf(paper, c.get('viewer').house.clock.now())
  c.header('Content-Type', 'application/pdf')
  c.header('Content-Disposition', `attachment; filename="${name}.pdf"`)
  return c.body(pdf as Uint8Array<ArrayBuffer>)
}

/** The DPIA’s facts and the accessibility statement, made from the product’s own settings. */
export function protectionRoutes(): Hono<Env> {
  const routes = new Hono<Env>()
  const dpia = async (c: Context<Env>) => {
    const viewer = c.get('viewer')
    return dpiaPaper(await dpiaFacts(viewer), viewer.today)
  }
  const statement = async (c: Context<Env>) => {
    const viewer = c.get('viewer')
    const { origin, mailFrom } = viewer.house.config
    return accessibilityPaper({
      trust: (await trustOf(viewer)).name,
      address: origin,
      contact: /<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom,
      version: version(),
      today: viewer.today,
    })
  }

  routes.get('/data-protection', async (c) =>
    c.html(
      <PaperPage
        c={c}
        trust={(await trustOf(c.get('viewer'))).name}
        paper={await dpia(c)}
        purpose="What the software itself can say for the trust’s data protection impact assessment, as it is set today."
        href="/data-protection/pdf"
      />,
    ),
  )
  routes.get('/data-protection/pdf', async (c) => {
    const paper = await dpia(c)
    await audit(c.get('viewer'), {
      deed: 'exported',
      subject: 'access.audit',
      id: 'data-protection',
      detail: { what: 'the facts for the DPIA, PDF' },
    })
    return sendPdf(c, paper, 'data-protection-facts')
  })
  routes.get('/accessibility', async (c) =>
    c.html(
      <PaperPage
        c={c}
        trust={(await trustOf(c.get('viewer'))).name}
        paper={await statement(c)}
        purpose="How accessible these pages are, how that is known, and whom to tell."
        href="/accessibility/pdf"
      />,
    ),
  )
  routes.get('/accessibility/pdf', async (c) => sendPdf(c, await statement(c), 'accessibility-statement'))
  return routes
}
