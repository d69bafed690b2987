import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import helmet from 'helmet';
import { seen } from './http/witness.ts';

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js'];

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Assistant API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="page"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#page', deepLinking: true, validatorUrl: null });
`;

const policy = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
});

/** Swagger UI on /docs, from files that are installed with the program: it works offline. */
export const docs = (): Router => {
  const router = Router();
  router.use('/docs', (_request, response, next) => {
    seen(response).route = 'GET /docs';
    policy(_request, response, next);
  });
  router.get('/docs', (_request, response) => void response.type('html').send(PAGE));
  router.get('/docs/start.js', (_request, response) => void response.type('text/javascript').send(START));
  for (const name of FILES) {
    const root = fileURLToPath(new URL('.', import.meta.resolve(`swagger-ui-dist/${name}`)));
    // by its root: a path is refused whole where one of its folders begins with a dot, as ~/.local does
    router.get(`/docs/${name}`, (_request, response) => response.sendFile(name, { root, maxAge: '1h' }));
  }
  return router;
};
