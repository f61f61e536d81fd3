/** Do so many lack that a file is likelier to be cut short than right? Five or more, and a fifth of them all. */
export const looksCutShort = (missing: number, of: number): boolean => missing >= 5 && missing * 5 >= of
