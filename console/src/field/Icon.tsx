const PATHS = {
  camera: 'M4 8h3l2-3h6l2 3h3v11H4zM12 10a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7',
  tasks: 'M5 5h14v15H5zM9 3h6v4H9zM8.5 13l2.5 2.5l4.5-5',
  patrol: 'M6 20a2 2 0 1 0 0-4a2 2 0 0 0 0 4M18 8a2 2 0 1 0 0-4a2 2 0 0 0 0 4M8 18h7a3.5 3.5 0 0 0 0-7H9a3.5 3.5 0 0 1 0-5h7',
  outbox: 'M4 13v6h16v-6M12 15V4M8 8l4-4l4 4',
  person: 'M12 12a4 4 0 1 0 0-8a4 4 0 0 0 0 8M5 20c1-4 4-5 7-5s6 1 7 5',
  back: 'M15 5l-7 7l7 7',
  close: 'M6 6l12 12M18 6L6 18',
  pin: 'M12 21c5-6 7-9 7-12a7 7 0 0 0-14 0c0 3 2 6 7 12M12 11.5a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5',
  locate: 'M12 7a5 5 0 1 0 0 10a5 5 0 0 0 0-10M12 3v4M12 17v4M3 12h4M17 12h4',
  search: 'M11 5a6 6 0 1 0 0 12a6 6 0 0 0 0-12M15.5 15.5L20 20',
  gallery: 'M4 5h16v14H4zM4 16l5-5l4 4l3-3l4 4M15 9.5h.01',
  mend: 'M14 6a4 4 0 0 1 5-1l-3 3l1 2l2 1l3-3a4 4 0 0 1-5.500 5.500L9 21l-4-4l7.500-7.500A4 4 0 0 1 14 6',
  offline: 'M4 4l16 16M8.500 15a5 5 0 0 1 6-.5M5 11.500a10 10 0 0 1 4-2.300M13 8.700a10 10 0 0 1 6 2.800M12 19h.01',
  check: 'M5 12.500l4.500 4.500L19 7',
  alert: 'M12 4l9 16H3zM12 10v4.500M12 17.500h.01',
  clock: 'M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16M12 8v4.500l3 2',
} as const

export type IconName = keyof typeof PATHS

/** A drawing beside a word; by itself it is not told to those who listen. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
