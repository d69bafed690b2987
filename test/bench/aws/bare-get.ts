import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import express from 'express';

/** The floor of a GET: Express, one SDK call, JSON. Arguments: table, userId. GET /cpu tells its CPU time in µs. */
const [TableName, userId = ''] = process.argv.slice(2);
const client = new DynamoDBClient({});
const app = express();
app.get('/documents/:id', async (request, response) => {
  const Key = { userId: { S: userId }, documentId: { S: request.params.id } };
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  response.json(Item && unmarshall(Item));
});
app.get('/cpu', (_, response) => {
  const { user, system } = process.cpuUsage();
  response.json(user + system);
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`Listening on http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
