/** How numbers are written: a true minus, a fixed number of places, no trailing surprise. */
export const decimal = (value: number, places = 0): string => {
  const text = Math.abs(value).toFixed(places)
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}

export const signed = (value: number, places = 0): string => {
  const text = decimal(value, places)
  return value > 0 && Number(Math.abs(value).toFixed(places)) !== 0 ? `+${text}` : text
}

/** `4812` → `4,812` */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB').replace('-', '−')

/** `one pupil`, `2 pupils` */
export const count = (many: number, one: string, more = `${one}s`): string =>
  many === 1 ? `1 ${one}` : `${whole(many)} ${more}`
