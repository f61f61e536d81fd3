/** A number without a pattern for each row, by which sets of rows are told apart. */
export const markOf = (row: number): number => {
  let seed = Math.imul(row + 1, 0x9e3779b9)
  seed = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b)
  return seed ^ (seed >>> 13)
}

/** Sets of rows seen in a block, by their number and the exclusive sum of their marks. */
export class Seen {
  #slots = new Int32Array(1 << 12)
  #stamps = new Int32Array(1 << 12)
  #stamp = 0
  #used = 0

  clear(): void {
    this.#stamp++
    this.#used = 0
  }

  /** Is this set new? */
  add(n: number, mark: number): boolean {
    if (2 * this.#used >= this.#slots.length) this.#widen()
    const key = Math.imul(mark, 31) + n
    const mask = this.#slots.length - 1
    let at = (key ^ (key >>> 15)) & mask
    while (this.#stamps[at] === this.#stamp) {
      if (this.#slots[at] === (key | 0)) return false
      at = (at + 1) & mask
    }
    this.#stamps[at] = this.#stamp
    this.#slots[at] = key
    this.#used++
    return true
  }

  #widen(): void {
    const [slots, stamps, stamp] = [this.#slots, this.#stamps, this.#stamp]
    this.#slots = new Int32Array(2 * slots.length)
    this.#stamps = new Int32Array(2 * slots.length)
    this.#stamp = 1
    const mask = this.#slots.length - 1
    for (let from = 0; from < slots.length; from++) {
      if (stamps[from] !== stamp) continue
      const key = slots[from]!
      let at = (key ^ (key >>> 15)) & mask
      while (this.#stamps[at] === 1) at = (at + 1) & mask
      this.#stamps[at] = 1
      this.#slots[at] = key
    }
  }
}
