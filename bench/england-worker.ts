/** Looks at one measure of the country after another, and folds what stood out in those that it looked at. */
import { parentPort, workerData } from 'node:worker_threads'
import { lookAtOutcome } from '../src/modules/measures/domain/scan/look.ts'
import { prepare } from '../src/modules/measures/domain/scan/prepare.ts'
import { foldedAt } from '../src/modules/measures/domain/scan/scan.ts'
import { type Shortlist, shortlist } from '../src/modules/measures/domain/scan/shortlist.ts'
import { outcomeOf, rowsOf, type Shared } from './england-rows.ts'

const { shared, fdr } = workerData as { shared: Shared; fdr: number }
const prepared = prepare(rowsOf(shared))
const lists: { measure: number; list: Shortlist }[] = []

parentPort!.on('message', (message: { look?: number; fold?: number }) => {
  if (message.look !== undefined) {
    const look = lookAtOutcome(prepared, outcomeOf(shared, message.look), fdr)
    lists.push({ measure: message.look, list: shortlist(look, fdr) })
    const low = look.chance.filter((one) => one <= fdr)
    parentPort!.postMessage({ family: look.family, tested: look.cells.many, low }, [
      low.buffer as ArrayBuffer,
    ])
  } else
    parentPort!.postMessage(
      lists.flatMap(({ measure, list }) =>
        foldedAt(list, message.fold!).map((one) => ({ ...one, of: measure })),
      ),
    )
})
