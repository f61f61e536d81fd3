import { expect, it } from 'vitest'
import { matchPupils } from './match-pupils.ts'

const pupil = {
  school: 1,
  localId: null,
  surname: 'Rahman',
  forename: 'Ayesha',
  born: null,
  yearGroup: '4',
  form: null,
}
const person = (upn: string) => ({
  person: 1,
  row: 2,
  rows: 1,
  school: 1,
  upn,
  localId: '',
  surname: '',
  forename: '',
  name: '',
  born: '',
  yearGroup: '',
  form: '',
})
const headings = { upn: 'UPN', localId: '', surname: '', forename: '', name: '' } as never

it('a file that still has the number from before finds the pupil; a number that is somebody’s own is theirs', () => {
  const roll = [
    { ...pupil, pupil: 7, upn: 'A999200120001', formerUpns: ['B99920012088A', 'C999200120003'] },
    { ...pupil, pupil: 8, upn: 'C999200120003' },
  ]
  const placed = (upn: string) => matchPupils([person(upn)], roll, {}, headings)[0]!.placing
  expect(placed('b99920012088a')).toEqual({ standing: 'matched', pupil: 7 })
  expect(placed('A999200120001')).toEqual({ standing: 'matched', pupil: 7 })
  expect(placed('C999200120003')).toEqual({ standing: 'matched', pupil: 8 })
})
