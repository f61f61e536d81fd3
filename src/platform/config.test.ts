import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { ConfigTrouble, loadConfig } from './config.ts'

describe('the settings', () => {
  const folders: string[] = []
  let data = ''
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'throughline-config-'))
    folders.push(data)
  })
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  const faults = (environment: NodeJS.ProcessEnv) => {
    try {
      loadConfig({ THROUGHLINE_DATA: data, ...environment })
      return []
    } catch (error) {
      return (error as ConfigTrouble).faults
    }
  }

  it('need nothing but a folder', () => {
    expect(loadConfig({ THROUGHLINE_DATA: data })).toMatchObject({
      data,
      host: '127.0.0.1',
      port: 3000,
      origin: 'http://127.0.0.1:3000',
      demo: false,
      uploadLimit: 250 * 1024 * 1024,
    })
  })

  it('given on the command line go before those of the environment', () => {
    expect(loadConfig({ THROUGHLINE_DATA: data, PORT: '4000' }, { port: 5000 }).port).toBe(5000)
  })

  it('at fault are all named at once, each in a sentence', () => {
    expect(
      faults({
        PORT: 'eighty',
        THROUGHLINE_DEMO: 'perhaps',
        SMTP_URL: 'mail.example.org',
        THROUGHLINE_SECRET: 'short',
      }),
    ).toEqual([
      'PORT must be a whole number from 0 to 65535.',
      'SMTP_URL is “mail.example.org”, which is not such an address: smtp://user:password@mail.example.org:587',
      'THROUGHLINE_SECRET must have at least 32 characters; leave it out and one is made.',
      'THROUGHLINE_DEMO is “perhaps”; write yes or no.',
    ])
  })

  it('never repeat a password in a fault', () => {
    expect(faults({ DATABASE_URL: 'mysql://amara:hunter2@db/trust' }).join()).not.toContain('hunter2')
  })

  it('make one secret, keep it, and let only the owner read it', () => {
    const { secret } = loadConfig({ THROUGHLINE_DATA: data })
    expect(secret.length).toBeGreaterThanOrEqual(43)
    expect(loadConfig({ THROUGHLINE_DATA: data }).secret).toBe(secret)
    expect(statSync(join(data, 'secret')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(data, 'secret'), 'utf8').trim()).toBe(secret)
  })

  it('do not start on a damaged secret, and say what to do', () => {
    writeFileSync(join(data, 'secret'), 'x')
    expect(faults({})[0]).toContain('is damaged')
  })

  it('do not take a file for the data folder', () => {
    const file = join(data, 'file')
    writeFileSync(file, '')
    expect(() => loadConfig({ THROUGHLINE_DATA: file })).toThrow(ConfigTrouble)
  })
})
