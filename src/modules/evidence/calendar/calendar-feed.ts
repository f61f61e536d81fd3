import ical, { ICalCalendarMethod } from 'ical-generator'
import { addDays } from '../../../kernel/days.ts'
import { type Drop, dropTitle } from '../drops/domain/drop.ts'

/** The assessment calendar as iCalendar text: for each drop the days it opens, counts pupils and is due. */
export function calendarText(
  drops: readonly Drop[],
  { trust, origin, stamp }: { readonly trust: string; readonly origin: string; readonly stamp: Date },
): string {
  const calendar = ical({
    name: `${trust}: data drops`,
    description: 'When data drops open and are due, and what each is for.',
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Throughline', product: 'Assessment calendar', language: 'EN' },
    ttl: 60 * 60 * 6,
  })
  const host = new URL(origin).hostname
  for (const drop of drops) {
    const title = dropTitle(drop)
    const what = `${drop.purpose}\nWhat will be decided: ${drop.decides}\nStaff time: ${drop.minutes} minutes each.${drop.lock ? `\nLocked: snapshot ${drop.lock.snapshot}.` : ''}`
    for (const [key, day, words] of [
      ['opens', drop.opens, 'opens'],
      ['as-at', drop.asAt, 'counts pupils on roll'],
      ['due', drop.due, 'files due'],
    ] as const)
      calendar.createEvent({
        id: `drop-${drop.code}-${key}@${host}`,
        start: new Date(`${day}T00:00:00Z`),
        end: new Date(`${addDays(day, 1)}T00:00:00Z`),
        allDay: true,
        timezone: 'UTC',
        summary: `${title}: ${words}`,
        description: what,
        url: `${origin}/drops/${drop.code}`,
        stamp,
      })
  }
  return calendar.toString()
}
