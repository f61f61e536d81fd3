import yauzl from 'yauzl'
import { count } from '../../../../kernel/numbers.ts'
import { Refusal } from '../../../../kernel/refusal.ts'

const megabyte = 1024 * 1024
const mostUnpacked = 300 * megabyte
const mostEntries = 5_000
const mostRatio = 200

/** Names are decoded here, because the reader itself stops at one with a path, and we want to say which it is. */
const open = (path: string) =>
  yauzl.openPromise(path, { lazyEntries: true, validateEntrySizes: true, decodeStrings: false })

const nameOf = (entry: yauzl.Entry): string =>
  Buffer.from(entry.fileName as unknown as Uint8Array).toString('utf8')

/** The names inside a ZIP, unpacking nothing; none when the list can’t be read or is absurdly long. */
export async function zipNames(path: string): Promise<string[]> {
  const names: string[] = []
  try {
    const zip = await open(path)
    try {
      for await (const entry of zip.eachEntry()) if (names.push(nameOf(entry)) > mostEntries) return []
    } finally {
      zip.close()
    }
  } catch {
    return []
  }
  return names
}

/**
 * Unpacks the wanted files of a ZIP into memory, trusting nothing it says of itself: names with a path, twins, locks and bombs
 * are refused. Keys are file names in lower case. @throws Refusal
 */
export async function unpack(
  path: string,
  wanted: (name: string) => boolean,
): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>()
  let unpacked = 0
  try {
    const zip = await open(path)
    try {
      if (zip.entryCount > mostEntries) throw bomb(`it holds ${count(zip.entryCount, 'file')}.`)
      for await (const entry of zip.eachEntry()) {
        const name = nameOf(entry)
        if (/^(__MACOSX\/|.*\.DS_Store$)/.test(name)) continue
        if (/[\\/]|^\.\.?$|^[a-z]:|\0/i.test(name))
          throw new Refusal(
            `The ZIP holds “${shown(name)}”, a file with a path in its name. Such a package can write where it should not: put the files at the top of the ZIP, without folders, and send it again.`,
          )
        if (entry.isEncrypted())
          throw new Refusal('This ZIP is locked with a password. Take the password off and send it again.')
        if (
          entry.uncompressedSize > 10 * megabyte &&
          entry.uncompressedSize > entry.compressedSize * mostRatio
        )
          throw bomb(`“${shown(name)}” unpacks to more than ${mostRatio} times its size.`)
        unpacked += entry.uncompressedSize
        if (unpacked > mostUnpacked) throw bomb(`it would unpack to more than ${mostUnpacked / megabyte} MB.`)
        const key = name.toLowerCase()
        if (found.has(key))
          throw new Refusal(
            `The ZIP holds ${name} twice, and nothing says which of the two is meant. Take one out and send it again.`,
          )
        found.set(key, wanted(key) ? await bytesOf(zip, entry) : Buffer.alloc(0))
      }
    } finally {
      zip.close()
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('This ZIP is broken: a part of it can’t be unpacked. Make it anew and send it again.')
  }
  return found
}

async function bytesOf(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const shown = (name: string) => (name.length > 60 ? `${name.slice(0, 59)}…` : name)

const bomb = (why: string) =>
  new Refusal(`This ZIP was not opened: ${why} Such files are made to bring a machine down.`)
