import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Ends connections as they have nothing left to answer, from the moment that `stopping` aborts. Node's own
 * closeIdleConnections() leaves those open that have never asked anything, as browsers and fetch() hold in store.
 */
export const endIdleConnections = (server: Server, stopping: AbortSignal): void => {
  const idle = new Set<Socket>();
  const rest = (socket: Socket): void => {
    if (stopping.aborted) socket.end();
    else if (!socket.destroyed) idle.add(socket);
  };
  server.on('connection', (socket) => {
    socket.once('close', () => idle.delete(socket));
    rest(socket);
  });
  server.on('request', ({ socket }, response) => {
    idle.delete(socket);
    response.once('close', () => rest(socket));
  });
  stopping.addEventListener('abort', () => {
    for (const socket of idle) socket.destroy();
  });
};
