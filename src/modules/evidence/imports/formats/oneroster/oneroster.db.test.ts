import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../../../test/database.ts'
import { makeWorld, type World } from '../../../../../../test/world.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import { read } from '../../../../../platform/database/door.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import { classesOf, people, pupilsForMatching, searchPupils } from '../../../../organisation/index.ts'
import { bringIn, delivery, importPage, putIn, runDelivery, startImport } from '../../../index.ts'
import { makeZip } from '../../../test/make-zip.ts'
import { lookAt } from '../look.ts'
import { oneroster } from './importer.ts'
import { packageOf, zipOf } from './sample.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const kept = async (bytes: Buffer) => ({ name: 'roster.zip', ...(await house.files.keep(bytes)) })
const bring = async (viewer: Viewer, school: number | null, files: Readonly<Record<string, string>>) =>
  bringIn(viewer, { upload: await kept(zipOf(files)), wish: { school } })
const sentence = (viewer: Viewer, school: number | null, bytes: Buffer) =>
  kept(bytes)
    .then((upload) => bringIn(viewer, { upload, wish: { school } }))
    .then(
      () => 'it went in',
      (error) => {
        if (error instanceof Refusal) return error.message
        throw error
      },
    )

describe('a package of OneRoster', () => {
  it('adds pupils, a form, a class and its teacher, and knows them the next night', async () => {
    const priya = world.people.priya!()
    const { saltmarsh } = world.schools
    const id = await bring(priya, null, packageOf('1.1'))
    const { says, planned } = await delivery(priya, id)
    expect(says).toBe(
      'OneRoster 1.1 from Harbour MIS: 1 school, 2 pupils, 1 member of staff, 2 classes, 2 results',
    )
    expect(planned.changes.map(({ what, added }) => [what, added])).toEqual([
      ['pupil', 2],
      ['member of staff', 1],
      ['class', 2],
      ['question whether they left', 2],
    ])
    expect(planned.notes).toEqual([
      expect.stringMatching(
        /^Saltmarsh: 32 pupils of 32 are not in the package. That is so many that the file looks cut short\./,
      ),
      expect.stringMatching(
        /^Saltmarsh: 4 members of staff of 4 are not in the package. They stay until the question/,
      ),
    ])
    await putIn(priya, id)
    const roll = await pupilsForMatching(priya, [saltmarsh], 2025, '2026-03-20')
    expect(roll.find(({ surname }) => surname === 'Moreau')).toMatchObject({
      forename: 'Ines',
      born: '2016-02-11',
      yearGroup: '5',
      form: '5K',
      localId: 'p1',
    })
    expect((await classesOf(priya, saltmarsh, 2025)).find(({ name }) => name === '5/Ma1')).toMatchObject({
      kind: 'teaching',
      yearGroup: '5',
      subject: expect.any(Number),
    })
    expect((await people(priya)).some(({ name }) => name === 'Joan Liddell')).toBe(true)

    const next = packageOf('1.1')
    next['users.csv'] = next['users.csv']!.replace('Moreau', 'Moreau-Hart')
    next['enrollments.csv'] = next['enrollments.csv']!.replace(/.*k2,o1,p1,student.*\r\n/, '')
    const second = await bring(priya, null, next)
    expect((await delivery(priya, second)).planned.changes).toEqual([
      { what: 'pupil', added: 0, changed: 1, same: 1 },
      { what: 'member of staff', more: 'members of staff', added: 0, changed: 0, same: 1 },
      { what: 'class', more: 'classes', added: 0, changed: 1, same: 1 },
    ])
    await putIn(priya, second)
    expect(await searchPupils(priya, 'moreau-hart')).toHaveLength(1)
    expect(
      (await runDelivery(priya, { file: await laid(zipOf(next)), wish: { school: null } })).delivery,
    ).toBeNull()
  })

  it('gives its gradebook to a drop, where a person says what “exempt” means', async () => {
    const ruth = world.people.ruth!()
    const id = await startImport(ruth, {
      drop: world.drop,
      school: world.schools.saltmarsh,
      upload: await kept(zipOf(packageOf('1.1'))),
    })
    const page = await importPage(ruth, id)
    expect(page.columns.map(({ targetName }) => targetName)).toEqual([
      'UPN',
      'School’s own pupil number',
      'Surname',
      'Forename',
      'Date of birth',
      'Which assessment',
      'The result',
    ])
    expect(page.reading).toMatchObject({ rows: 2, encoding: expect.stringContaining('OneRoster 1.1') })
    expect(page.reading.notes[0]).toContain('Bring those in first')
    expect(page.checked?.counts.pupils.matched).toBe(2)
  })

  it('asks about a pupil who is on roll at another school, and leaves out one whom the file itself puts at two', async () => {
    const files = packageOf('1.2')
    const upn = world.upns['Ayesha Rahman']!
    files['users.csv'] = files['users.csv']!.replace(/,H?\w{13},,,,,05/, `,${upn},,,,,05`)
    const { planned } = await delivery(world.people.priya!(), await bring(world.people.priya!(), null, files))
    expect(planned.leftOut).toEqual([])
    expect(planned.notes).toContainEqual(
      expect.stringMatching(
        /on roll at another school of the trust on the same day: .* at Saltmarsh Primary School/,
      ),
    )
    const two = packageOf('1.1')
    two['orgs.csv'] += 'o2,,,Northquay,school,199006,o0\r\n'
    two['users.csv'] = two['users.csv']!.replace('true,o1,student,p2', 'true,"o1,o2",student,p2')
    const found = await delivery(world.people.priya!(), await bring(world.people.priya!(), null, two))
    expect(found.planned.leftOut.map(({ why }) => why)).toContainEqual(
      expect.stringContaining('at two schools on one day'),
    )
  })

  it('is for the school that it is of', async () => {
    expect(await sentence(world.people.ruth!(), world.schools.saltmarsh, zipOf(packageOf('1.2')))).toMatch(
      /^This package is of Gull Rock, and none of these is /,
    )
    expect(await sentence(world.people.neil!(), null, zipOf(packageOf('1.2')))).toContain('trust’s data lead')
  })
})

let laidFiles = 0
const laid = async (bytes: Buffer) => {
  const path = join(house.config.data, `laid-${laidFiles++ % 20}.zip`)
  writeFileSync(path, bytes)
  return path
}

describe('a package that is not as it should be', () => {
  const without = (name: string) => {
    const files = packageOf('1.1')
    delete files[name]
    return files
  }
  const manifest = (from: string, to: string) => {
    const files = packageOf('1.1')
    files['manifest.csv'] = files['manifest.csv']!.replace(from, to)
    return zipOf(files)
  }

  it.each([
    [
      'without its manifest',
      () => zipOf(without('manifest.csv')),
      /has no manifest\.csv, which OneRoster requires/,
    ],
    [
      'without a file that its manifest promises',
      () => zipOf(without('users.csv')),
      /holds users\.csv, but it is not there/,
    ],
    [
      'without users at all',
      () => manifest('file.users,bulk', 'file.users,absent'),
      /has no users\.csv, by its own manifest/,
    ],
    [
      'of changes only',
      () => manifest('file.users,bulk', 'file.users,delta'),
      /only what has changed \(delta\)/,
    ],
    [
      'of another version',
      () => manifest('oneroster.version,1.1', 'oneroster.version,2.0'),
      /OneRoster 2\.0.*1\.1 and 1\.2/,
    ],
    [
      'with two manifests',
      () => makeZip([...Object.entries(packageOf('1.1')), ['manifest.csv', 'propertyName,value']]),
      /holds manifest\.csv twice/,
    ],
    [
      'with its manifest twice in other letters',
      () => makeZip([...Object.entries(packageOf('1.1')), ['Manifest.csv', 'x']]),
      /twice/,
    ],
    [
      'with a manifest that says two things',
      () => manifest('file.users,bulk', 'file.users,bulk\r\nfile.users,absent'),
      /says two things/,
    ],
    [
      'with a path in it',
      () => makeZip([...Object.entries(packageOf('1.1')), ['../../etc/cron.d/x', 'x']]),
      /with a path in its name/,
    ],
    [
      'with a folder in it',
      () => makeZip(Object.entries(packageOf('1.1')).map(([name, text]) => [`export/${name}`, text])),
      /with a path in its name/,
    ],
    [
      'with a bomb in it',
      () =>
        makeZip([...Object.entries(packageOf('1.1')), ['results.csv.bak', Buffer.alloc(60 * 1024 * 1024)]]),
      /was not opened/,
    ],
    ['that lies about its size', () => liar(), /broken/],
    [
      'without a school',
      () => zipOf({ ...packageOf('1.1'), 'orgs.csv': 'sourcedId,name,type\r\no1,A,district' }),
      /names no school/,
    ],
  ])('%s is refused with a sentence', async (_, bytes, why) => {
    expect(await sentence(world.people.priya!(), null, bytes())).toMatch(why)
  })

  function liar(): Buffer {
    const zip = zipOf(packageOf('1.1'))
    const packed = deflateRawSync(Buffer.from(packageOf('1.1')['manifest.csv']!)).length
    zip.writeUInt32LE(packed + 5, 22)
    const entry = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
    zip.writeUInt32LE(3, entry + 24)
    return zip
  }

  it('never does worse than that, whatever stands in its files', async () => {
    const bad = fc.record({
      file: fc.constantFrom(...Object.keys(packageOf('1.2'))),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      gone: fc.nat({ max: 40 }),
      put: fc.oneof(
        fc.string({ maxLength: 12 }),
        fc.constantFrom(
          '"',
          ',',
          '\r\n',
          'p1',
          'o1',
          '__proto__',
          '=1+1',
          '<b>',
          '\0',
          ',,,,,,,,',
          'student',
        ),
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(bad, { minLength: 1, maxLength: 5 }), async (harm) => {
        const files = packageOf('1.2')
        for (const { file, at, gone, put } of harm) {
          const text = files[file]!
          const place = Math.floor(at * text.length)
          files[file] = text.slice(0, place) + put + text.slice(place + gone)
        }
        try {
          const file = await oneroster.read(await lookAt(await laid(zipOf(files))))
          await oneroster.plan!(world.founder, file.record as never, { school: null })
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
        }
      }),
      { numRuns: Number(process.env.THROUGHLINE_FUZZ ?? 1_000) / 5 },
    )
  })
})

const real = join(import.meta.dirname, '../../../../../../../shared/data/oneroster-samples')
const folder = (path: string) =>
  makeZip(readdirSync(join(real, path)).map((name) => [name, readFileSync(join(real, path, name))]))

describe.skipIf(!existsSync(real))('real packages', () => {
  it('of TAO goes in: two schools, two pupils, three classes, and what is odd is named', async () => {
    const priya = world.people.priya!()
    const upload = await kept(folder('oat'))
    const id = await bringIn(priya, { upload, wish: { school: null } })
    const { says, planned } = await delivery(priya, id)
    expect({
      says,
      changes: planned.changes.map(({ what, added }) => [what, added]),
      leftOut: planned.leftOut,
    }).toEqual({
      says: 'OneRoster 1.1 from Manual: 2 schools, 2 pupils, 0 staff, 3 classes',
      changes: [
        ['school', 2],
        ['pupil', 2],
        ['member of staff', 0],
        ['class', 3],
      ],
      leftOut: [],
    })
    await putIn(priya, id)
    const added = await read(priya, (db) =>
      db
        .selectFrom('organisation.school')
        .select(['urn', 'name', 'local_code'])
        .where('urn', '>', '900000')
        .execute(),
    )
    expect(added).toHaveLength(2)
  })

  it('of Microsoft are told what they lack', async () => {
    for (const [path, lacks] of [
      ['microsoft-sds/SDS_v2.1', 'no manifest.csv, which'],
      ['microsoft-sds/SDS_v2', 'no manifest.csv, which'],
      ['microsoft-sds/UK_Format/25_Users', 'no manifest.csv, orgs.csv and users.csv, which'],
    ])
      expect(await sentence(world.people.priya!(), null, folder(path!))).toMatch(
        new RegExp(`${lacks}.*Microsoft School Data Sync`),
      )
  })
})
