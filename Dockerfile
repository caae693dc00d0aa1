# The base of the image: C libraries, certificates and time zones, without a shell or a package manager. Node comes from
# the build stage, so the two must have the same Debian version. Tags move: for reproducible images pin both by digest
# (name@sha256:...).
ARG RUNTIME=gcr.io/distroless/cc-debian12:nonroot

FROM node:22-bookworm-slim AS base
WORKDIR /app

FROM base AS packages
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci

FROM packages AS build
COPY . .
RUN npm run build

FROM base AS production-packages
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev

# One image for both roles: the server by default, the workers with the command `node dist/workers.js`.
FROM ${RUNTIME}
WORKDIR /app
COPY --from=base /usr/local/bin/node /usr/local/bin/node
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps HOST=0.0.0.0 PORT=3000
COPY --from=production-packages /app/node_modules node_modules
COPY package.json ./
COPY config config
COPY shared/regions shared/regions
COPY shared/services shared/services
COPY shared/vendors shared/vendors
COPY --from=build /app/dist dist
# By number, because Kubernetes verifies by it that the user is not root.
USER 65532:65532
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/server.js"]
