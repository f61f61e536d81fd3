import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { mayAnywhere } from '../../../kernel/viewer.ts'
import type { Env } from '../../../platform/http/env.ts'
import { sentIn } from '../../../platform/http/form.ts'
import { takeStaff, tryStaff } from '../commands/take-staff.ts'
import { staffColumns, staffText } from '../domain/staff-file.ts'
import { trustName } from './asked-role.ts'
import { StaffFilePage, StaffTriedPage } from './staff-file-page.tsx'

/** A form's body may hold 1 MB; the file travels in it twice. */
const most = 900_000

/** Staff, their roles and leavers from a CSV file: checked, then taken in. */
export function staffFileRoutes(): Hono<Env> {
  const routes = new Hono<Env>()

  const page = async (c: Context<Env>, because?: string) => {
    const viewer = c.get('viewer')
    if (!mayAnywhere(viewer, 'manage people')) throw new NotHere()
    const problems = because ? [{ text: because, field: 'file' }] : []
    return <StaffFilePage viewer={viewer} trust={await trustName(viewer)} problems={problems} />
  }
  const orSorry = async (c: Context<Env>, doIt: () => Promise<Response>) => {
    try {
      return await doIt()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(await page(c, error.message), 422)
    }
  }

  routes.get('/people/file', async (c) => c.html(await page(c)))

  routes.get('/people/file/template.csv', (c) =>
    c.body(`${staffColumns.join(',')}\n`, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="people.csv"',
    }),
  )

  routes.post('/people/file', (c) =>
    orSorry(c, async () => {
      const viewer = c.get('viewer')
      const { file } = await c.req.parseBody()
      if (!(file instanceof File) || file.size === 0) throw new Refusal('Choose a CSV file.')
      if (file.size > most) throw new Refusal('The file is larger than 900 kB. Send it in parts.')
      const text = staffText(new Uint8Array(await file.arrayBuffer()))
      const taken = await tryStaff(viewer, text)
      return c.html(
        <StaffTriedPage viewer={viewer} trust={await trustName(viewer)} taken={taken} text={text} />,
      )
    }),
  )

  routes.post('/people/file/publish', (c) =>
    orSorry(c, async () => {
      const viewer = c.get('viewer')
      const { text = '', mark = '', invite } = await sentIn(c)
      const taken = await takeStaff(viewer, text, { mark, invite: invite === 'yes' })
      return c.html(
        <StaffTriedPage
          viewer={viewer}
          trust={await trustName(viewer)}
          taken={taken}
          invited={invite === 'yes' ? taken.added.length : 0}
        />,
      )
    }),
  )
  return routes
}
