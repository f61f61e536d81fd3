import { Command, CommanderError } from 'commander'
import { answerFault } from './commands/at-work.ts'
import { addDropCommands } from './commands/drops.ts'
import { addFigureCommands } from './commands/figures.ts'
import { addGlassCommands } from './commands/glass.ts'
import { addImportCommand } from './commands/import.ts'
import { addKeepingCommands } from './commands/keeping.ts'
import { addLetterCommands } from './commands/letters.ts'
import { addLettingGoCommands } from './commands/letting-go.ts'
import { addRecordCommands } from './commands/record-changes.ts'
import { addScaleCommands } from './commands/scales.ts'
import { addSchoolMoveCommands } from './commands/school-moves.ts'
import { addServeCommands } from './commands/serve.ts'
import { addSettingUpCommands } from './commands/setting-up.ts'
import { addSignInCommands } from './commands/sign-in.ts'
import { addStatisticsCommands } from './commands/statistics.ts'
import { addThreadCommands } from './commands/thread.ts'
import { addTransferCommand } from './commands/transfer.ts'
import { addWatchCommand } from './commands/watch.ts'

const program = new Command('throughline')
  .description('The school-improvement system for multi-academy trusts, on your own machine.')
  .exitOverride()
  .showHelpAfterError('Add --help to see how this command is used.')
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })

for (const add of [
  addServeCommands,
  addSettingUpCommands,
  addSchoolMoveCommands,
  addSignInCommands,
  addScaleCommands,
  addImportCommand,
  addTransferCommand,
  addDropCommands,
  addFigureCommands,
  addStatisticsCommands,
  addLetterCommands,
  addThreadCommands,
  addKeepingCommands,
  addGlassCommands,
  addRecordCommands,
  addLettingGoCommands,
  addWatchCommand,
])
  add(program)

try {
  await program.parseAsync(process.argv)
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else process.exitCode = answerFault(error, process.argv.includes('--json'))
}
