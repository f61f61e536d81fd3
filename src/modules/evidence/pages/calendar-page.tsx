import { academicYearName } from '../../../kernel/academic-year.ts'
import { dayName, shortDayName } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Buttons, Empty, InsetText, PostButton, Section, Table } from '../../../ui/index.ts'
import { feedMadeAt } from '../calendar/feeds.ts'
import { type Drop, dropState, dueName } from '../drops/domain/drop.ts'
import { drops } from '../drops/queries/drops.ts'
import { DropPage, momentName, settingOf } from './drop-frame.tsx'

const stateWords = (drop: Drop, today: string): string => {
  const state = dropState(drop, today)
  if (state === 'locked') return `locked, snapshot ${drop.lock!.snapshot}`
  return state === 'to come' ? `opens ${shortDayName(drop.opens)}` : `open, ${dueName(drop.due, today)}`
}

/** Every drop by year and term, and the viewer's private calendar address. `token` is shown this once. */
export async function calendarPage(viewer: Viewer, told: { token?: string; done?: string } = {}) {
  const setting = await settingOf(viewer)
  const all = await drops(viewer)
  const madeAt = await feedMadeAt(viewer)
  const byYear = [...Map.groupBy(all, (drop) => drop.academicYear)]
  const minutes = (ones: readonly Drop[]) => ones.reduce((sum, drop) => sum + drop.minutes, 0)
  return (
    <DropPage
      setting={setting}
      title="Calendar of drops"
      purpose="When each drop opens and is due, what it is for, and what it costs each teacher in a year."
      crumbs={[{ text: 'Drops', href: '/drops' }, { text: 'Calendar' }]}
      done={told.done}
    >
      {all.length === 0 && (
        <Section title="No drops yet">
          <Empty>
            When the trust’s data lead opens a drop, its days stand here and in your own calendar.
          </Empty>
        </Section>
      )}
      {byYear.map(([year, ones]) => (
        <Section
          title={academicYearName(year)}
          note={`${minutes(ones)} minutes of each teacher’s time in the year.`}
        >
          <Table
            caption={`Drops of ${academicYearName(year)}`}
            columns={[
              { head: 'Drop' },
              { head: 'Opens' },
              { head: 'Pupils counted' },
              { head: 'Files due' },
              { head: 'Minutes', num: true },
              { head: 'What it is for', width: 4 },
              { head: 'State' },
            ]}
            rows={ones
              .toSorted((a, b) => a.term - b.term || a.opens.localeCompare(b.opens))
              .map((drop) => [
                <a href={`/drops/${drop.code}`}>{drop.name}</a>,
                shortDayName(drop.opens),
                shortDayName(drop.asAt),
                dayName(drop.due),
                String(drop.minutes),
                drop.purpose,
                stateWords(drop, viewer.today),
              ])}
          />
        </Section>
      ))}
      <Section title="In your own calendar" id="feed">
        {told.token ? (
          <>
            <p>Give this address to your calendar as a calendar from the internet. It is shown this once.</p>
            <InsetText>
              <code>{`${viewer.house.config.origin}/calendar/${told.token}.ics`}</code>
            </InsetText>
            <p>
              Whoever has the address can read the days and purposes of drops; nothing about pupils is in it.
            </p>
          </>
        ) : madeAt ? (
          <p>{`Your private address was made ${momentName(madeAt)}. If you have lost it, make a new one; the old one then stops working.`}</p>
        ) : (
          <p>A private address lets Outlook, Google or a phone show these days and keep them up to date.</p>
        )}
        <Buttons>
          {!told.token && (
            <PostButton action="/calendar/address" kind="secondary">
              {madeAt ? 'Make a new address' : 'Make my address'}
            </PostButton>
          )}
          {madeAt && (
            <PostButton action="/calendar/address/end" kind="secondary">
              Stop the address
            </PostButton>
          )}
        </Buttons>
      </Section>
    </DropPage>
  )
}
