import ICAL from 'ical.js'

export interface ReadEvent {
  readonly uid: string
  readonly summary: string
  readonly description: string
  readonly url: string
  readonly start: string
  readonly end: string
  /** A whole day, which stands at no time and in no zone. */
  readonly wholeDay: boolean
}

/** An iCalendar text as a library that did not write it reads it. Throws when it is not in order. */
export function eventsIn(text: string): ReadEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return calendar.getAllSubcomponents('vevent').map((one) => {
    const event = new ICAL.Event(one)
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      url: String(one.getFirstPropertyValue('url') ?? ''),
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      wholeDay: event.startDate.isDate && event.endDate.isDate,
    }
  })
}

/** Octets of the longest line: more than 75 and some calendar programs cut it (RFC 5545, 3.1). */
export const longestLine = (text: string): number =>
  Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))
