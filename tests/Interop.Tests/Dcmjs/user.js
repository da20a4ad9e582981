// dcmjs-dimse as user: performs the requests of a job (JSON, the only argument) on one association, one after the other,
// and says what comes back, a line of JSON each.
const { Client, Dataset, association, constants, requests, responses, log } = require('dcmjs-dimse');

log.setLevel('silent');
const job = JSON.parse(process.argv[2]);
const client = new Client();
const say = (event) => process.stdout.write(JSON.stringify(event) + '\n');
const elements = (command) => (command.getDataset() ? command.getDataset().getElements() : undefined);

function withDataSet(request, data) {
  if (data) {
    request.setDataset(new Dataset(data));
  }
  return request;
}

function make(r) {
  switch (r.command) {
    case 'C-ECHO':
      return new requests.CEchoRequest();
    case 'C-STORE':
      return new requests.CStoreRequest(r.file);
    case 'C-FIND': {
      const find = withDataSet(new requests.CFindRequest(), r.data);
      find.setAffectedSopClassUid(r.sopClass || constants.SopClass.StudyRootQueryRetrieveInformationModelFind);
      return find;
    }
    case 'C-MOVE':
      return requests.CMoveRequest.createStudyMoveRequest(r.destination, r.study);
    case 'C-GET':
      return requests.CGetRequest.createStudyGetRequest(r.study);
    case 'N-ACTION':
      return withDataSet(new requests.NActionRequest(r.sopClass, r.sopInstance, r.type, r.metaSopClass), r.data);
    case 'N-CREATE':
      return withDataSet(new requests.NCreateRequest(r.sopClass, r.sopInstance, r.metaSopClass), r.data);
    case 'N-SET':
      return withDataSet(new requests.NSetRequest(r.sopClass, r.sopInstance, r.metaSopClass), r.data);
    case 'N-GET':
      return new requests.NGetRequest(r.sopClass, r.sopInstance, r.attributes || [], r.metaSopClass);
    case 'N-DELETE':
      return new requests.NDeleteRequest(r.sopClass, r.sopInstance, r.metaSopClass);
    default:
      throw new Error(`What is ${r.command}?`);
  }
}

job.requests.forEach((r, index) => {
  const request = make(r);
  let pending = 0;
  request.on('response', (response) => {
    const command = response.getCommandDataset().getElements();
    const isPending = response.getStatus() === constants.Status.Pending;
    pending += isPending ? 1 : 0;
    if (r.cancelAfter && pending === r.cancelAfter && isPending) {
      client.cancel(request);
    }
    if (!isPending || !r.quiet) {
      say({
        event: 'response',
        request: index,
        status: response.getStatus(),
        pending,
        comment: response.getErrorComment(),
        instance: command.AffectedSOPInstanceUID,
        remaining: command.NumberOfRemainingSuboperations,
        completed: command.NumberOfCompletedSuboperations,
        failed: command.NumberOfFailedSuboperations,
        data: elements(response),
      });
    }
  });
  client.addRequest(request);
});

// Besides those of the requests: for notifications.
(job.contexts || []).forEach((sopClass) => {
  const context = new association.PresentationContext(0, sopClass);
  context.addTransferSyntaxUid(constants.TransferSyntax.ExplicitVRLittleEndian);
  client.addAdditionalPresentationContext(context);
});

client.on('associationAccepted', (accepted) =>
  say({
    event: 'accepted',
    asyncOps: accepted.getNegotiateAsyncOps() ? [accepted.getMaxAsyncOpsInvoked(), accepted.getMaxAsyncOpsPerformed()] : undefined,
    identityAnswered: accepted.getNegotiateUserIdentityServerResponse(),
  })
);
client.on('associationRejected', (reject) => say({ event: 'rejected', ...reject }));
client.on('associationReleased', () => say({ event: 'released' }));
client.on('networkError', (error) => {
  say({ event: 'error', message: error.message });
  process.exitCode = 1;
});
// What comes by C-GET.
client.on('cStoreRequest', (request, callback) => {
  const dataset = request.getDataset();
  dataset.toFile(`${job.folder}/${request.getAffectedSopInstanceUid()}.dcm`);
  say({ event: 'stored', instance: request.getAffectedSopInstanceUid() });
  const response = responses.CStoreResponse.fromRequest(request);
  response.setStatus(constants.Status.Success);
  callback(response);
});
client.on('nEventReportRequest', (request, callback) => {
  say({ event: 'notified', sopClass: request.getAffectedSopClassUid(), instance: request.getAffectedSopInstanceUid(), type: request.getEventTypeId(), data: elements(request) });
  const response = responses.NEventReportResponse.fromRequest(request);
  response.setStatus(constants.Status.Success);
  callback(response);
});

client.send('127.0.0.1', job.port, job.calling, job.called, {
  connectTimeout: 30000,
  associationTimeout: 30000,
  pduTimeout: 30000,
  associationLingerTimeout: job.linger,
  asyncOps: job.asyncOps,
  userIdentity: job.userIdentity,
  securityOptions: job.tls,
});
