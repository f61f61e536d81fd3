/** A day on the calendar as `yyyy-mm-dd`: no time, no zone. School dates are days. */
export type Day = string

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `2026-07-03` → `3 July 2026` */
export const dayName = (day: Day): string => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return `${date} ${monthNames[month - 1]} ${year}`
}

/** `2026-07-03` → `3 July` */
export const shortDayName = (day: Day): string => dayName(day).replace(/ \d{4}$/, '')

const dayInLondon = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })
const timeInLondon = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
})

/** The day of an instant in London, `yyyy-mm-dd`. */
export const londonDay = (instant: Date): Day => dayInLondon.format(instant)

/** `16:42` of an instant in London. */
export const londonTime = (instant: Date): string => timeInLondon.format(instant)

/** A length of time in words: `5 minutes`, `about 3 hours`, `about 2 days`. */
export const minutesInWords = (minutes: number): string => {
  const of = (number: number, unit: string) => `${number} ${unit}${number === 1 ? '' : 's'}`
  if (minutes < 90) return of(Math.max(1, Math.round(minutes)), 'minute')
  if (minutes < 36 * 60) return `about ${of(Math.round(minutes / 60), 'hour')}`
  return `about ${of(Math.round(minutes / 1440), 'day')}`
}

/** Is it a day that exists? `2026-02-31` is not. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const made = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(made.getTime()) && made.toISOString().startsWith(text)
}

export const addDays = (day: Day, days: number): Day => {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
