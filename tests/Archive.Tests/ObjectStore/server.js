// s3rver with one bucket and, besides its own, one pair of keys, which its command line has no option for.
// node server.js FOLDER ADDRESS PORT BUCKET [ACCESS-KEY SECRET-KEY]
'use strict';
const S3rver = require('s3rver');
const { DUMMY_ACCOUNT } = require('s3rver/lib/models/account');

const [directory, address, port, bucket, accessKey, secretKey] = process.argv.slice(2);
if (accessKey) {
  DUMMY_ACCOUNT.createKeyPair(accessKey, secretKey);
}
new S3rver({ directory, address, port: Number(port), silent: true, configureBuckets: [{ name: bucket }] }).run().catch(e => {
  console.error(e.message);
  process.exit(1);
});
