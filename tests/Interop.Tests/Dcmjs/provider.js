// dcmjs-dimse as provider: listens as its settings (JSON, the only argument) say, until it is stopped, and says what comes,
// a line of JSON each.
const { Client, Dataset, Scp, Server, constants, requests, responses, log } = require('dcmjs-dimse');

log.setLevel('silent');
const { PresentationContextResult, RejectReason, RejectResult, RejectSource, Status, TransferSyntax } = constants;
const settings = JSON.parse(process.argv[2]);
const say = (event) => process.stdout.write(JSON.stringify(event) + '\n');
const elements = (command) => (command.getDataset() ? command.getDataset().getElements() : undefined);
const instances = new Map(); // what was made by N-CREATE

const AlreadyThere = 0x0111;
const NoSuchInstance = 0x0112;

function answer(response, status, data) {
  response.setStatus(status);
  if (data) {
    response.setDataset(new Dataset(data));
  }
  return response;
}

// A handler's callback can be called once only: what is answered besides goes by sendResponse.
class Provider extends Scp {
  constructor(socket, options) {
    super(socket, options);
    this.cancelled = new Set();
  }

  associationRequested(association) {
    this.association = association;
    const user = settings.user;
    if (user && (association.getUserIdentityPrimaryField() !== user.name || association.getUserIdentitySecondaryField() !== user.passcode)) {
      this.sendAssociationReject(RejectResult.Permanent, RejectSource.ServiceUser, RejectReason.NoReasonGiven);
      return;
    }
    if (user && association.getUserIdentityPositiveResponseRequested()) {
      association.setUserIdentityServerResponse('');
      association.setNegotiateUserIdentityServerResponse(true);
    }
    say({
      event: 'association',
      calling: association.getCallingAeTitle(),
      asyncOps: association.getNegotiateAsyncOps() ? [association.getMaxAsyncOpsInvoked(), association.getMaxAsyncOpsPerformed()] : undefined,
    });
    association.getPresentationContexts().forEach(({ context }) => {
      const refused = (settings.refuse || []).includes(context.getAbstractSyntaxUid());
      // What is encapsulated is kept as it is, and all else in explicit VR where it may be.
      const offered = context.getTransferSyntaxUids();
      const syntax = offered.includes(TransferSyntax.ExplicitVRLittleEndian) ? TransferSyntax.ExplicitVRLittleEndian : offered[0];
      if (refused) {
        context.setResult(PresentationContextResult.RejectAbstractSyntaxNotSupported);
      } else {
        context.setResult(PresentationContextResult.Accept, syntax);
      }
    });
    this.sendAssociationAccept();
  }

  associationReleaseRequested() {
    say({ event: 'released' });
    this.sendAssociationReleaseResponse();
  }

  abort(source, reason) {
    say({ event: 'aborted', source, reason });
  }

  cEchoRequest(request, callback) {
    callback(answer(responses.CEchoResponse.fromRequest(request), Status.Success));
  }

  cStoreRequest(request, callback) {
    request.getDataset().toFile(`${settings.folder}/${request.getAffectedSopInstanceUid()}.dcm`);
    say({ event: 'stored', instance: request.getAffectedSopInstanceUid() });
    callback(answer(responses.CStoreResponse.fromRequest(request), Status.Success));
  }

  cFindRequest(request) {
    const identifier = elements(request);
    say({ event: 'find', sopClass: request.getAffectedSopClassUid(), data: identifier });
    const respond = (status, data) => {
      const response = responses.CFindResponse.fromRequest(request);
      // fromRequest puts the class of studies into every answer.
      response.setAffectedSopClassUid(request.getAffectedSopClassUid());
      this.sendResponse(request, answer(response, status, data));
    };
    if (identifier.PatientID !== 'MANY') {
      (settings.matches || []).forEach((match) => respond(Status.Pending, match));
      respond(Status.Success);
      return;
    }
    // Ten thousand, a few at a time, so that a C-CANCEL is seen in between.
    let made = 0;
    const next = () => {
      if (this.cancelled.has(request.getMessageId()) || made === 10000) {
        say({ event: 'found', made });
        respond(made === 10000 ? Status.Success : Status.Cancel);
        return;
      }
      for (let i = 0; i < 10; i++, made++) {
        respond(Status.Pending, { QueryRetrieveLevel: 'STUDY', PatientID: 'MANY', StudyInstanceUID: `1.2.${made + 1}` });
      }
      setTimeout(next, 1);
    };
    next();
  }

  cCancelRequest(request) {
    say({ event: 'cancel' });
    this.cancelled.add(request.getMessageIdBeingRespondedTo());
  }

  cMoveRequest(request) {
    const destination = request.getCommandDataset().getElement('MoveDestination');
    const port = (settings.peers || {})[destination];
    const respond = (status, numbers) => this.sendResponse(request, this.counted(responses.CMoveResponse.fromRequest(request), status, numbers));
    if (!port) {
      respond(Status.MoveDestinationUnknown, { completed: 0, failed: 0 });
      return;
    }
    const client = new Client();
    const numbers = this.stores(request, respond, (store) => client.addRequest(store));
    client.on('networkError', (error) => say({ event: 'error', message: error.message }));
    client.on('closed', () => respond(numbers.failed ? 0xb000 : Status.Success, numbers));
    client.send('127.0.0.1', port, settings.calledAs, destination);
  }

  cGetRequest(request) {
    const respond = (status, numbers) => this.sendResponse(request, this.counted(responses.CGetResponse.fromRequest(request), status, numbers));
    const queue = [];
    const numbers = this.stores(request, respond, (store) => queue.push(store));
    this.once('done', () => respond(numbers.failed ? 0xb000 : Status.Success, numbers));
    this.sendRequests(queue);
  }

  // The C-STOREs of a retrieval, and what has become of them.
  stores(request, respond, add) {
    const study = elements(request).StudyInstanceUID;
    const files = settings.files.filter((file) => file.study === study);
    const numbers = { remaining: files.length, completed: 0, failed: 0 };
    files.forEach(({ path }) => {
      const store = new requests.CStoreRequest(path);
      store.on('response', (response) => {
        numbers.remaining--;
        numbers[response.getStatus() === Status.Success ? 'completed' : 'failed']++;
        respond(Status.Pending, numbers);
      });
      add(store);
    });
    return numbers;
  }

  counted(response, status, { remaining, completed, failed }) {
    if (status === Status.Pending) {
      response.setRemaining(remaining);
    }
    response.setCompleted(completed);
    response.setFailures(failed);
    response.setWarnings(0);
    return answer(response, status);
  }

  nCreateRequest(request, callback) {
    const uid = request.getAffectedSopInstanceUid() || Dataset.generateDerivedUid();
    const response = responses.NCreateResponse.fromRequest(request);
    response.setAffectedSopInstanceUid(uid);
    if (instances.has(uid)) {
      callback(answer(response, AlreadyThere));
      return;
    }
    instances.set(uid, elements(request) || {});
    say({ event: 'created', sopClass: request.getAffectedSopClassUid(), instance: uid, data: elements(request) });
    callback(answer(response, Status.Success));
  }

  nSetRequest(request, callback) {
    const uid = request.getRequestedSopInstanceUid();
    const known = instances.has(uid);
    if (known) {
      instances.set(uid, { ...instances.get(uid), ...elements(request) });
    }
    callback(answer(responses.NSetResponse.fromRequest(request), known ? Status.Success : NoSuchInstance));
  }

  nGetRequest(request, callback) {
    const instance = instances.get(request.getRequestedSopInstanceUid());
    const names = request.getAttributeIdentifierList();
    const data = instance && (names.length ? Object.fromEntries(names.filter((name) => name in instance).map((name) => [name, instance[name]])) : instance);
    callback(answer(responses.NGetResponse.fromRequest(request), instance ? Status.Success : NoSuchInstance, data));
  }

  nDeleteRequest(request, callback) {
    const known = instances.delete(request.getRequestedSopInstanceUid());
    callback(answer(responses.NDeleteResponse.fromRequest(request), known ? Status.Success : NoSuchInstance));
  }

  // Whatever is asked for, it is reported as done: event 1, with what the action had.
  nActionRequest(request, callback) {
    say({ event: 'action', type: request.getActionTypeId(), data: elements(request) });
    callback(answer(responses.NActionResponse.fromRequest(request), Status.Success));
    const report = new requests.NEventReportRequest(request.getRequestedSopClassUid(), request.getRequestedSopInstanceUid(), 1);
    report.setDataset(new Dataset(elements(request)));
    report.on('response', (response) => say({ event: 'reported', status: response.getStatus() }));
    this.sendRequests(report);
  }

  nEventReportRequest(request, callback) {
    say({ event: 'notified', sopClass: request.getAffectedSopClassUid(), instance: request.getAffectedSopInstanceUid(), type: request.getEventTypeId(), data: elements(request) });
    callback(answer(responses.NEventReportResponse.fromRequest(request), Status.Success));
  }
}

const server = new Server(Provider);
server.on('networkError', (error) => say({ event: 'error', message: error.message }));
server.on('listening', () => say({ event: 'listening' }));
// It gives what it gets to net.Server.listen, which takes an address, too.
server.listen({ host: '127.0.0.1', port: settings.port }, { connectTimeout: 30000, associationTimeout: 30000, pduTimeout: 30000, securityOptions: settings.tls });
process.on('SIGTERM', () => {
  server.close();
  process.exit(0);
});
