export const publishSpring = async (..._: unknown[]) => {}
