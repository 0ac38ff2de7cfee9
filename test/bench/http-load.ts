import { request, Agent } from 'node:http'

const CONNECTIONS = 32

/** Posts `bodies` over keep-alive connections, as fast as answers come; answers requests a second. */
export async function postAll(url: string, bodies: readonly string[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const { hostname, port, pathname } = new URL(url)
  let next = 0
  const post = (body: string) =>
    new Promise<void>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
      const sent = request({ hostname, port, path: pathname, method: 'POST', agent, headers }, (response) => {
        response.resume().on('end', () => {
          if (response.statusCode! < 300) resolve()
          else reject(new Error(`POST ${pathname} answered ${response.statusCode}`))
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (next < bodies.length) await post(bodies[next++]!)
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  agent.destroy()
  return bodies.length / seconds
}
