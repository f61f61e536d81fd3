import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { exampleTrust, passphrase } from './example.ts'
import { askReset } from './sign-in/reset.ts'
import { signIn } from './sign-in/sign-in.ts'

describe('x', () => {
  it('y', async () => {
    const house = await openTestHouse()
    const t = await exampleTrust(house)
    const ruth = await t.someone('Ruth Kemp', 'headteacher', { node: 'school', school: t.saltmarsh })
    const visit = { address: '10.0.0.1', agent: 'test' }
    const a = performance.now()
    const r = await signIn(house, { email: 'ruth.kemp@tidewell.example', password: passphrase }, visit)
    console.log(performance.now() - a, r.ok && r.cookies, ruth.grants)
    console.log(await signIn(house, { email: 'ruth.kemp@tidewell.example', password: 'wrong' }, visit))
    console.log(await askReset(house, 'ruth.kemp@tidewell.example', visit))
    await new Promise((r) => setTimeout(r, 1000))
    const { execSync } = await import('node:child_process')
    console.log(execSync(`cat ${house.config.data}/outbox/*`).toString())
    await house.close()
  })
})
