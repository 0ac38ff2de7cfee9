import type { ReactNode } from 'react'
import { classNames } from '../../ui/class-names.ts'
import styles from './page.module.css'
import { Strip } from './strip.tsx'

interface PageProps {
  readonly title: string
  /** The page's own filters, beside its title. */
  readonly filters?: ReactNode
  /** `scroll`: padded, scrolls as a whole. `fill`: takes the height there is, its parts scroll. */
  readonly layout?: 'scroll' | 'fill'
  readonly children: ReactNode
}

/** What every page is: the strip on top, then its content. */
export function Page({ title, filters, layout = 'scroll', children }: PageProps) {
  return (
    <>
      <Strip title={title} filters={filters} />
      <main id="content" tabIndex={-1} className={classNames(styles.main, styles[layout])}>
        {children}
      </main>
    </>
  )
}
