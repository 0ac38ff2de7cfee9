import Fastify from 'fastify'

/** The ceiling of a submit: a validated POST that answers 201 with the same JSON, and does nothing. */
const app = Fastify()
app.post('/api/v1/tasks', {
  schema: {
    body: {
      type: 'object',
      required: ['type', 'payload'],
      properties: { type: { type: 'string' }, payload: { type: 'object' }, queue: { type: 'string' } },
    },
    response: {
      201: {
        type: 'object',
        properties: { task_id: { type: 'string' }, queue: { type: 'string' }, status: { type: 'string' } },
      },
    },
  },
  handler: (_request, reply) =>
    reply
      .code(201)
      .send({ task_id: 'f47ac10b-58cc-4372-a567-0e02b2c3d479', queue: 'default', status: 'pending' }),
})
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}/\n`)
