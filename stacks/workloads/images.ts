/** Images that the monitor inspected, by content. A tag could be moved to another one. */
export const IMAGES = {
  profiles: 'sha256:3b1f0c6e9a2d4857b6c1e0f39d8a7465c2b4e6f80912a3d5c7e9f1b2d4a6c801',
  console: 'sha256:7d5e3c1b9f8a6420d2c4b6e8f0a1937556e4c2d0b8a69f7e5d3c1b09a8f6e4d2',
  consumer: 'sha256:a9c7e5d3b1f08264c6e8a0d2f4b6981735d7f9b1c3e5a70829b4d6f8e0c2a4b6',
} as const;
