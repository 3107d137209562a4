export default {
  api: {
    input: "./openapi.json",
    output: { client: "fetch", mode: "split", target: "./client/api.ts", baseUrl: process.env.BASE_URL },
  },
};
