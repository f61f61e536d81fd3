import { isDay, monthNames } from '../../../../kernel/days.ts'

export type DateRead =
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong'; readonly why: string }

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** A date as British schools write it: `31/03/2014`, `31-3-14`, `31 March 2014`, `2014-03-31`, or a day number of Excel. */
export function readDate(text: string): DateRead {
  const said = text.trim().replace(/[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$/, '')
  if (said === '') return { kind: 'none' }
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(said)
  if (iso) return made(Number(iso[1]), Number(iso[2]), Number(iso[3]), said)
  const british = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})$/.exec(said)
  if (british) return made(century(british[3]!), Number(british[2]), Number(british[1]), said)
  const worded = /^(\d{1,2})(?:st|nd|rd|th)?[-/. ]([a-z]{3})[a-z]*[-/., ]+(\d{2}|\d{4})$/i.exec(said)
  if (worded) {
    const month = months.indexOf(worded[2]!.toLowerCase()) + 1
    if (month) return made(century(worded[3]!), month, Number(worded[1]), said)
  }
  if (/^\d{5}$/.test(said) && Number(said) > 20_000 && Number(said) < 60_000) {
    const day = new Date(Date.UTC(1899, 11, 30) + Number(said) * 86_400_000).toISOString().slice(0, 10)
    return { kind: 'day', day }
  }
  return { kind: 'wrong', why: `“${said}” is not a date. Dates read like 31/03/2014.` }
}

/** Pupils are born in this century or the end of the last: `14` is 2014, `99` is 1999. */
const century = (year: string) =>
  year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900)

function made(year: number, month: number, date: number, said: string): DateRead {
  const day = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  if (isDay(day) && year > 1900 && year < 2100) return { kind: 'day', day }
  if (month < 1 || month > 12) {
    const american =
      date <= 12 && month <= 31 ? ' It seems to be written month first; Throughline reads the day first.' : ''
    return { kind: 'wrong', why: `“${said}” is not a date: there is no month ${month}.${american}` }
  }
  if (year <= 1900 || year >= 2100)
    return { kind: 'wrong', why: `“${said}” is not a date of ours: the year is ${year}.` }
  return {
    kind: 'wrong',
    why: `“${said}” is not a date: ${monthNames[month - 1]} ${year} has no day ${date}.`,
  }
}
