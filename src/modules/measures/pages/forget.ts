import type { House } from '../../../platform/house.ts'
import { forgetCells } from '../cells/kept-cells.ts'
import { forgetLists } from '../cells/manifest.ts'
import { forgetScans } from '../scan/sealed-scan.ts'
import { forgetRemembered } from './remember.ts'

/** Drops what this process worked out from sealed files: after rows of them were let go. */
export function forgetFigures(house: House): void {
  forgetLists(house.database)
  forgetCells(house.lake)
  forgetScans(house.lake)
  forgetRemembered(house)
}
