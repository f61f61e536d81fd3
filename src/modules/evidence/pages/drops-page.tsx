import { dayName, shortDayName } from '../../../kernel/days.ts'
import { may, mayAnywhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Buttons, Empty, Section, Table } from '../../../ui/index.ts'
import { type Drop, dropState, dropTitle, dueName } from '../drops/domain/drop.ts'
import type { SchoolReadiness } from '../drops/domain/standing.ts'
import { taskPath } from '../drops/domain/task-path.ts'
import { drops } from '../drops/queries/drops.ts'
import { readiness } from '../drops/queries/readiness.ts'
import { DropPage, momentName, type Setting, settingOf } from './drop-frame.tsx'

interface OpenDropLine {
  readonly drop: Drop
  readonly schools: readonly SchoolReadiness[]
}

/** Drops that are not locked with where their schools stand, and the locked ones. */
async function dropsPageOf(viewer: Viewer) {
  const all = await drops(viewer)
  const open: OpenDropLine[] = []
  for (const drop of all.filter((one) => !one.lock))
    open.push({ drop, schools: await readiness(viewer, drop) })
  return { setting: await settingOf(viewer), open, locked: all.filter((one) => one.lock) }
}

const stateWords = (drop: Drop, today: string) => {
  const state = dropState(drop, today)
  if (state === 'to come') return `opens ${shortDayName(drop.opens)}`
  return dueName(drop.due, today)
}

const where = ({ drop, schools }: OpenDropLine) => {
  const signed = schools.filter((one) => one.standing === 'signed off').length
  if (schools.length === 1)
    return (
      <a href={taskPath(drop, schools[0]!.school)}>
        {schools[0]!.school.shortName}: {schools[0]!.standing}
      </a>
    )
  return `${signed} of ${schools.length} signed off`
}

export async function dropsPage(viewer: Viewer) {
  const { setting, open, locked } = await dropsPageOf(viewer)
  const mayOpen = may(viewer, 'open drop')
  return (
    <DropPage
      setting={setting}
      title="Data drops"
      purpose="What the schools are asked for, why, by when, and what was decided from it."
    >
      <Section
        title={open.length ? 'Open' : 'Nothing is open'}
        aside={
          <>
            {mayAnywhere(viewer, 'see pupils') && (
              <>
                <a href="/tests">Shared tests</a> ·{' '}
              </>
            )}
            {(mayAnywhere(viewer, 'see files') || may(viewer, 'keep schools')) && (
              <>
                <a href="/files">Files for the record</a> ·{' '}
              </>
            )}{' '}
            <a href="/calendar">The calendar of drops</a>
          </>
        }
      >
        {open.length > 0 ? (
          <Table
            caption="Drops that are not locked yet"
            columns={[
              { head: 'Drop' },
              { head: 'What it is for', width: 5 },
              { head: 'Due' },
              { head: 'Schools' },
            ]}
            rows={open.map((line) => [
              <a href={`/drops/${line.drop.code}`}>{dropTitle(line.drop)}</a>,
              line.drop.purpose,
              <>
                {dayName(line.drop.due)}
                <br />
                <span class="small">{stateWords(line.drop, viewer.today)}</span>
              </>,
              where(line),
            ])}
          />
        ) : (
          <Empty action={mayOpen && <Button href="/drops/new">Open a drop</Button>}>
            {mayOpen
              ? 'No drop is open. Open one, and each school’s data manager is asked for its files by e-mail.'
              : 'No drop is open. When the trust’s data lead opens one, it appears here and your school is asked by e-mail.'}
          </Empty>
        )}
        {open.length > 0 && mayOpen && (
          <Buttons>
            <Button href="/drops/new">Open a drop</Button>
          </Buttons>
        )}
      </Section>
      {locked.length > 0 && <Locked setting={setting} drops={locked} />}
    </DropPage>
  )
}

const Locked = ({ drops }: { setting: Setting; drops: readonly Drop[] }) => (
  <Section title="Locked" note="Their figures stay as they are, for ever.">
    <Table
      caption="Drops that are locked"
      columns={[
        { head: 'Drop' },
        { head: 'What was decided from it', width: 5 },
        { head: 'Locked' },
        { head: 'Snapshot', num: true },
      ]}
      rows={drops.map((drop) => [
        <a href={`/drops/${drop.code}`}>{dropTitle(drop)}</a>,
        drop.decides,
        <>
          {momentName(drop.lock!.at)}
          <br />
          <span class="small">{drop.lock!.by}</span>
        </>,
        String(drop.lock!.snapshot),
      ])}
    />
  </Section>
)
