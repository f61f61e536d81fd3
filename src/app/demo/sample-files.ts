export const writeSampleFiles = async (..._: unknown[]) => {}
