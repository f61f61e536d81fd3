import { describe, expect, it } from 'vitest'
import { characteristicsOn, type DatedCharacteristic, priorBand } from './characteristics.ts'
import { ethnicGroup, languageGroup } from './codes.ts'

const fact = (kind: string, value: string, from: string, to: string | null = null): DatedCharacteristic => ({
  kind,
  value,
  from,
  to,
})

describe('what is true of a pupil on a day', () => {
  it('knows nothing of a pupil of whom nothing was recorded, and says so', () => {
    expect(characteristicsOn([], '2026-03-13')).toMatchObject({
      sex: undefined,
      ethnicGroup: 'unclassified',
      firstLanguage: 'unclassified',
      sen: 'N',
      disadvantaged: false,
      prior: undefined,
    })
  })

  it.each([
    ['the day before it began', '2025-01-05', 'N'],
    ['the day it began', '2025-01-06', 'K'],
    ['its last day', '2025-12-31', 'K'],
    ['the day after it ended', '2026-01-01', 'N'],
  ])('holds SEN support on %s as it was', (_, day, sen) => {
    const rows = [fact('sen-provision', 'K', '2025-01-06', '2025-12-31')]
    expect(characteristicsOn(rows, day).sen).toBe(sen)
  })

  it('takes the later of two that overlap: an EHC plan follows SEN support', () => {
    const rows = [fact('sen-provision', 'E', '2025-06-01'), fact('sen-provision', 'K', '2023-01-09')]
    expect(characteristicsOn(rows, '2025-05-31').sen).toBe('K')
    expect(characteristicsOn(rows, '2025-06-01').sen).toBe('E')
  })
})

describe('free meals, FSM6 and pupil premium are held apart', () => {
  it('free meals today put a pupil in FSM6 and so among the disadvantaged', () => {
    const is = characteristicsOn([fact('fsm', 'FSM', '2024-09-02')], '2026-03-13')
    expect(is).toMatchObject({ fsm: true, fsm6: true, disadvantaged: true, pupilPremium: false })
  })

  it.each([
    ['within six years of their end', '2026-03-13', true],
    ['on the last day of the six years', '2027-07-20', true],
    ['after six years', '2027-07-21', false],
  ])('free meals that ended count towards FSM6 %s', (_, day, fsm6) => {
    const is = characteristicsOn([fact('fsm', 'FSM', '2019-09-02', '2021-07-20')], day)
    expect(is.fsm).toBe(false)
    expect(is.fsm6).toBe(fsm6)
    expect(is.disadvantaged).toBe(fsm6)
  })

  it('from September 2026 free meals on the expanded ground are not pupil premium, not FSM6 and not disadvantage', () => {
    const is = characteristicsOn([fact('fsm', 'EFSM', '2026-09-01')], '2026-10-01')
    expect(is).toMatchObject({ fsm: true, fsm6: false, pupilPremium: false, disadvantaged: false })
  })

  it('free meals on the targeted ground still count', () => {
    expect(characteristicsOn([fact('fsm', 'TFSM', '2026-09-01')], '2026-10-01').disadvantaged).toBe(true)
  })

  it('what the department says of FSM6 is taken before what we would work out', () => {
    const rows = [fact('fsm', 'FSM', '2024-09-02'), fact('fsm6', 'N', '2024-09-02')]
    expect(characteristicsOn(rows, '2026-03-13').fsm6).toBe(false)
  })

  it('a service child has pupil premium and is not disadvantaged', () => {
    const is = characteristicsOn([fact('pupil-premium', 'SCP', '2025-04-01')], '2026-03-13')
    expect(is).toMatchObject({ pupilPremium: true, disadvantaged: false })
  })

  it('one of two premiums that end leaves the other', () => {
    const rows = [
      fact('pupil-premium', 'DPP', '2025-04-01', '2025-12-31'),
      fact('pupil-premium', 'SCP', '2025-04-01'),
    ]
    expect(characteristicsOn(rows, '2026-03-13').pupilPremium).toBe(true)
  })
})

describe('children in care', () => {
  it('are disadvantaged while they are looked after', () => {
    expect(characteristicsOn([fact('looked-after', 'Y', '2025-11-01')], '2026-03-13')).toMatchObject({
      lookedAfter: true,
      disadvantaged: true,
    })
  })
  it('who were looked after for one day of this academic year are disadvantaged, but not looked after now', () => {
    expect(
      characteristicsOn([fact('looked-after', 'Y', '2025-01-01', '2025-09-01')], '2026-03-13'),
    ).toMatchObject({
      lookedAfter: false,
      disadvantaged: true,
    })
  })
  it('who left care before the academic year began are not', () => {
    expect(
      characteristicsOn([fact('looked-after', 'Y', '2025-01-01', '2025-08-31')], '2026-03-13').disadvantaged,
    ).toBe(false)
  })
  it('who were adopted from care are disadvantaged', () => {
    expect(
      characteristicsOn([fact('adopted-from-care', 'A', '2020-01-01')], '2026-03-13').disadvantaged,
    ).toBe(true)
    expect(
      characteristicsOn([fact('adopted-from-care', 'N', '2020-01-01')], '2026-03-13').disadvantaged,
    ).toBe(false)
  })
})

describe('prior attainment', () => {
  it('is the mean of reading and maths, in steps of a half', () => {
    const rows = [fact('ks2-reading', '101', '2024-07-09'), fact('ks2-mathematics', '102', '2024-07-09')]
    expect(characteristicsOn(rows, '2026-03-13')).toMatchObject({ prior: 101.5, priorBand: 'middle' })
  })
  it('is the one there is, when the other is missing', () => {
    expect(characteristicsOn([fact('ks2-reading', '96', '2024-07-09')], '2026-03-13').prior).toBe(96)
  })
  it('that is not a number is no score', () => {
    expect(characteristicsOn([fact('ks2-reading', 'A', '2024-07-09')], '2026-03-13').prior).toBeUndefined()
  })
  it.each([
    [99.5, 'low'],
    [100, 'middle'],
    [110, 'middle'],
    [110.5, 'high'],
    [undefined, undefined],
  ])('of %s is in the band %s', (prior, band) => {
    expect(priorBand(prior)).toBe(band)
  })
})

describe('code lists', () => {
  it.each([
    ['WBRI', 'white'],
    ['MWAS', 'mixed'],
    ['CHNE', 'asian'],
    ['ABRI', 'asian'],
    ['BWEL', 'black'],
    ['BSOM', 'black'],
    ['OOTH', 'other'],
    ['REFU', 'unclassified'],
    ['nonsense', 'unclassified'],
    [undefined, 'unclassified'],
  ])('ethnicity %s is %s', (code, group) => {
    expect(ethnicGroup(code)).toBe(group)
  })
  it.each([
    ['ENG', 'english'],
    ['ENB', 'english'],
    ['OTB', 'eal'],
    ['URD', 'eal'],
    ['NOT', 'unclassified'],
    [undefined, 'unclassified'],
  ])('first language %s is %s', (code, group) => {
    expect(languageGroup(code)).toBe(group)
  })
})
