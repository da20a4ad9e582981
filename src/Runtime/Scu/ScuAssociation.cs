using FellowOakDicom;
using Specgen.Associations;
using Specgen.Scu;

namespace Specgen;

/// <summary>
/// An association that a user (SCU) opened. Requests are sent in the order in which they are made, from whichever thread, and one after the other unless more are negotiated
/// (<see cref="ScuOptions.MaxAsyncOperations"/>, PS3.7 §D.3.3.3). Disposing releases it. Generated [Scu] classes wrap it with typed methods.
/// </summary>
public sealed class ScuAssociation : IAsyncDisposable
{
    private readonly ScuConnection _connection;

    private ScuAssociation(ScuConnection connection) => _connection = connection;

    /// <summary>Whether requests can be made: the association was accepted, and has not been released, aborted or lost.</summary>
    public bool IsOpen => _connection.IsOpen;

    /// <summary>The AE titles and addresses of both sides.</summary>
    public AssociationInfo Info => _connection.Info;

    /// <summary>The presentation contexts that the peer accepted.</summary>
    public IReadOnlyList<AcceptedContext> AcceptedContexts => _connection.AcceptedContexts;

    /// <summary>How many requests may be under way at a time (PS3.7 §D.3.3.3): 1, unless <see cref="ScuOptions.MaxAsyncOperations"/> proposed more and the peer accepted more.</summary>
    public int MaxAsyncOperations => _connection.MaxAsyncOperations;

    /// <summary>
    /// What the peer says to <see cref="ScuOptions.UserIdentity"/>: empty if it simply accepted it, <see langword="null"/> if it says nothing because it does not look at user identities.
    /// </summary>
    public ReadOnlyMemory<byte>? UserIdentityResponse => _connection.UserIdentityResponse;

    /// <summary>Whether the peer accepted relational queries or retrievals for a SOP class (<see cref="ScuOptions.ProposeRelationalQueries"/>).</summary>
    /// <param name="sopClass">The SOP class.</param>
    public bool IsRelational(SopClass sopClass)
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        return _connection.IsRelational(sopClass.Uid);
    }

    /// <summary>What the peer does with instances of a SOP class that it stores; <see langword="null"/> if it does not say, or was not asked (<see cref="ScuOptions.AskStorageSupport"/>).</summary>
    /// <param name="sopClass">The SOP class.</param>
    public StorageSupport? StorageSupportOf(SopClass sopClass)
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        return _connection.StorageSupportOf(sopClass.Uid);
    }

    /// <summary>Opens an association, proposing the SOP classes of the user's bindings or what the options say.</summary>
    /// <param name="user">The object whose SOP classes are proposed, and which handles what the peer sends (N-EVENT-REPORT).</param>
    /// <param name="options">Address, AE titles, time-outs and so on.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="AssociationRejectedException">The peer rejected it.</exception>
    /// <exception cref="AssociationAbortedException">The peer aborted it.</exception>
    /// <exception cref="AssociationTimeoutException">The peer did not answer in time.</exception>
    /// <exception cref="AssociationException">The peer cannot be reached.</exception>
    /// <exception cref="DicomConfigurationException">An option is wrong; more than 128 presentation contexts would be needed.</exception>
    public static async ValueTask<ScuAssociation> OpenAsync(IDimseHandlers user, ScuOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(options);
        return await OpenForAsync(user, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same without a user object: what the peer sends is not handled.</summary>
    internal static async ValueTask<ScuAssociation> OpenForAsync(IDimseHandlers? user, ScuOptions options, CancellationToken cancellationToken) =>
        new(await ScuConnection.OpenAsync(user, options, cancellationToken).ConfigureAwait(false));

    /// <summary>C-ECHO (PS3.7 §9.1.5).</summary>
    /// <typeparam name="TStatus">The Verification service class's status enum.</typeparam>
    /// <param name="cancellationToken">Stops waiting for the answer, which is discarded when it arrives.</param>
    /// <exception cref="ContextNotAcceptedException">The peer did not accept the SOP class.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<DimseResult<TStatus>> CEchoAsync<TStatus>(CancellationToken cancellationToken = default)
        where TStatus : struct, Enum =>
        DimseResult<TStatus>.From(await _connection.SendAsync(_connection.Request(DimseOperation.CEcho, VerificationProvider.SopClass), cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// C-STORE (PS3.7 §9.1.1) of a file in memory. Where the peer accepted another transfer syntax than the file's, fo-dicom's transcoder manager converts it, if it can.
    /// </summary>
    /// <typeparam name="TStatus">The Storage service class's status enum for C-STORE.</typeparam>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Stops waiting for the answer, which is discarded when it arrives.</param>
    /// <exception cref="ContextNotAcceptedException">The peer did not accept the SOP class, or no transfer syntax that the file can be sent in.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<DimseResult<TStatus>> CStoreAsync<TStatus>(DicomFile file, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(file);
        return DimseResult<TStatus>.From(await _connection.CStoreAsync(InstanceReference.FromFile(file), null, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// C-STORE (PS3.7 §9.1.1) of a file on disk. Where the peer accepted the file's transfer syntax, the data set's bytes go from the disk to the network as they are: nothing is decoded, and
    /// memory does not grow with the file. Otherwise it is read and sent as the other overload does.
    /// </summary>
    /// <typeparam name="TStatus">The Storage service class's status enum for C-STORE.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops waiting for the answer, which is discarded when it arrives.</param>
    /// <exception cref="InvalidDataException">It is not a DICOM file, or its data set is cut short, malformed or exceeds <see cref="ScuOptions.DataSetLimits"/>.</exception>
    /// <exception cref="IOException">It cannot be read. Once sending has begun, the association is aborted as well: half a data set cannot be taken back.</exception>
    /// <exception cref="ContextNotAcceptedException">The peer did not accept the SOP class, or no transfer syntax that the file can be sent in.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<DimseResult<TStatus>> CStoreAsync<TStatus>(string path, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return DimseResult<TStatus>.From(await _connection.CStoreAsync(InstanceReference.FromFile(path), null, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>C-FIND (PS3.7 §9.1.2). The request is sent when the matches are enumerated.</summary>
    /// <typeparam name="TStatus">The service class's status enum for C-FIND.</typeparam>
    /// <param name="sopClass">The SOP class of the information model.</param>
    /// <param name="identifier">What is asked for (PS3.4 §C.4.1.1.3). Encoded when the request is sent.</param>
    /// <param name="cancellationToken">Cancels the query with a C-CANCEL (PS3.7 §9.3.2.3).</param>
    public CFindQuery<TStatus> CFindAsync<TStatus>(SopClass sopClass, DicomDataset identifier, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        ArgumentNullException.ThrowIfNull(identifier);
        return new CFindQuery<TStatus>(_connection, sopClass, identifier, cancellationToken);
    }

    /// <summary>C-MOVE (PS3.7 §9.1.4): the peer sends instances to another application entity that it knows.</summary>
    /// <typeparam name="TStatus">The service class's status enum for C-MOVE.</typeparam>
    /// <param name="sopClass">The SOP class of the information model.</param>
    /// <param name="identifier">The unique keys of what is to be sent (PS3.4 §C.4.2.1.4).</param>
    /// <param name="moveDestination">The AE title of the destination.</param>
    /// <param name="progress">Reports each pending response.</param>
    /// <param name="cancellationToken">Sends a C-CANCEL (PS3.7 §9.3.2.3). The outcome is still what the peer answers; its status says whether the request was cancelled.</param>
    /// <exception cref="ArgumentException">The destination is no AE title (PS3.5 §6.2).</exception>
    /// <exception cref="ContextNotAcceptedException">The peer did not accept the SOP class.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it was sent.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer was silent for too long.</exception>
    public async ValueTask<RetrieveOutcome<TStatus>> CMoveAsync<TStatus>(
        SopClass sopClass, DicomDataset identifier, string moveDestination, IProgress<RetrieveProgress>? progress = null, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(moveDestination);
        if (AETitles.Problem(moveDestination) is { } problem)
        {
            throw new ArgumentException($"The AE title \"{PeerText.Escape(moveDestination)}\" {problem}.", nameof(moveDestination));
        }

        var request = _connection.Request(DimseOperation.CMove, sopClass, identifier) with { MoveDestination = moveDestination };
        return RetrieveOutcome<TStatus>.From(await _connection.RetrieveAsync(request, null, progress, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// C-GET (PS3.7 §9.1.3): the peer sends instances over this association, for whose SOP classes the SCP role was proposed (<see cref="ScuOptions.ReceiveSopClasses"/>). Where the object that the
    /// association was opened for is a provider of C-STORE for a SOP class, its own handler takes the instance.
    /// </summary>
    /// <typeparam name="TStatus">The service class's status enum for C-GET.</typeparam>
    /// <typeparam name="TStoreStatus">The Storage service class's status enum for C-STORE.</typeparam>
    /// <param name="sopClass">The SOP class of the information model.</param>
    /// <param name="identifier">The unique keys of what is to be sent (PS3.4 §C.4.3.1.3).</param>
    /// <param name="store">Receives an instance and returns the answer to the peer. Called for one instance at a time.</param>
    /// <param name="progress">Reports each pending response.</param>
    /// <param name="cancellationToken">Sends a C-CANCEL (PS3.7 §9.3.2.3). The outcome is still what the peer answers; its status says whether the request was cancelled.</param>
    /// <exception cref="ContextNotAcceptedException">The peer did not accept the SOP class.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it was sent.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer was silent for too long.</exception>
    public async ValueTask<RetrieveOutcome<TStatus>> CGetAsync<TStatus, TStoreStatus>(
        SopClass sopClass,
        DicomDataset identifier,
        Func<CStoreContext, CancellationToken, ValueTask<DimseResult<TStoreStatus>>> store,
        IProgress<RetrieveProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
        where TStoreStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(store);
        return RetrieveOutcome<TStatus>.From(await _connection.RetrieveAsync(
            _connection.Request(DimseOperation.CGet, sopClass, identifier),
            async (context, token) => (await store(context, token).ConfigureAwait(false)).ToResponse(),
            progress,
            cancellationToken).ConfigureAwait(false));
    }

    /// <summary>N-GET (PS3.7 §10.1.2).</summary>
    /// <typeparam name="TStatus">The service class's status enum for N-GET.</typeparam>
    /// <param name="sopClass">The Requested SOP Class.</param>
    /// <param name="sopInstanceUid">The Requested SOP Instance.</param>
    /// <param name="attributes">The attributes to get; <see langword="null"/> or empty for all. The data set of the answer has their values.</param>
    /// <param name="cancellationToken">Stops waiting for the answer, which is discarded when it arrives.</param>
    /// <exception cref="ContextNotAcceptedException">The peer did not accept the SOP class.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<DimseResult<TStatus>> NGetAsync<TStatus>(SopClass sopClass, string sopInstanceUid, IReadOnlyList<DicomTag>? attributes, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        ArgumentException.ThrowIfNullOrEmpty(sopInstanceUid);
        return DimseResult<TStatus>.From(await _connection.SendAsync(
            _connection.Request(DimseOperation.NGet, sopClass) with { SopInstanceUid = sopInstanceUid, Attributes = attributes ?? [] }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>N-SET (PS3.7 §10.1.3).</summary>
    /// <typeparam name="TStatus">The service class's status enum for N-SET.</typeparam>
    /// <param name="sopClass">The Requested SOP Class.</param>
    /// <param name="sopInstanceUid">The Requested SOP Instance.</param>
    /// <param name="modificationList">The attributes to change, with their new values.</param>
    /// <param name="cancellationToken">Stops waiting for the answer, which is discarded when it arrives.</param>
    /// <exception cref="ContextNotAcceptedException">The peer did not accept the SOP class.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<DimseResult<TStatus>> NSetAsync<TStatus>(SopClass sopClass, string sopInstanceUid, DicomDataset modificationList, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        ArgumentException.ThrowIfNullOrEmpty(sopInstanceUid);
        ArgumentNullException.ThrowIfNull(modificationList);
        return DimseResult<TStatus>.From(await _connection.SendAsync(
            _connection.Request(DimseOperation.NSet, sopClass, modificationList) with { SopInstanceUid = sopInstanceUid }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>N-CREATE (PS3.7 §10.1.5).</summary>
    /// <typeparam name="TStatus">The service class's status enum for N-CREATE.</typeparam>
    /// <param name="sopClass">The Affected SOP Class.</param>
    /// <param name="sopInstanceUid">The new SOP Instance's UID; <see langword="null"/> leaves the choice to the provider, whose answer then has it: <see cref="DimseResult{TStatus}.AffectedSopInstanceUid"/>.</param>
    /// <param name="dataset">Attributes of the new SOP instance, if any.</param>
    /// <param name="cancellationToken">Stops waiting for the answer, which is discarded when it arrives.</param>
    /// <exception cref="ContextNotAcceptedException">The peer did not accept the SOP class.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<DimseResult<TStatus>> NCreateAsync<TStatus>(SopClass sopClass, string? sopInstanceUid, DicomDataset? dataset, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        return DimseResult<TStatus>.From(await _connection.SendAsync(
            _connection.Request(DimseOperation.NCreate, sopClass, dataset) with { SopInstanceUid = sopInstanceUid ?? "" }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>N-DELETE (PS3.7 §10.1.6).</summary>
    /// <typeparam name="TStatus">The service class's status enum for N-DELETE.</typeparam>
    /// <param name="sopClass">The Requested SOP Class.</param>
    /// <param name="sopInstanceUid">The Requested SOP Instance.</param>
    /// <param name="cancellationToken">Stops waiting for the answer, which is discarded when it arrives.</param>
    /// <exception cref="ContextNotAcceptedException">The peer did not accept the SOP class.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<DimseResult<TStatus>> NDeleteAsync<TStatus>(SopClass sopClass, string sopInstanceUid, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        ArgumentException.ThrowIfNullOrEmpty(sopInstanceUid);
        return DimseResult<TStatus>.From(await _connection.SendAsync(
            _connection.Request(DimseOperation.NDelete, sopClass) with { SopInstanceUid = sopInstanceUid }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>N-ACTION (PS3.7 §10.1.4).</summary>
    /// <typeparam name="TStatus">The service class's status enum for N-ACTION.</typeparam>
    /// <param name="sopClass">The Requested SOP Class.</param>
    /// <param name="sopInstanceUid">The Requested SOP Instance; often a well-known one.</param>
    /// <param name="actionTypeId">Action Type ID (0000,1008).</param>
    /// <param name="dataset">The Action Information, if any.</param>
    /// <param name="cancellationToken">Stops waiting for the answer, which is discarded when it arrives.</param>
    /// <exception cref="ContextNotAcceptedException">The peer did not accept the SOP class.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<DimseResult<TStatus>> NActionAsync<TStatus>(
        SopClass sopClass, string sopInstanceUid, ushort actionTypeId, DicomDataset? dataset, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        ArgumentException.ThrowIfNullOrEmpty(sopInstanceUid);
        return DimseResult<TStatus>.From(await _connection.SendAsync(
            _connection.Request(DimseOperation.NAction, sopClass, dataset) with { SopInstanceUid = sopInstanceUid, TypeId = actionTypeId }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>N-EVENT-REPORT (PS3.7 §10.1.1), where we have the SCP role: <see cref="ProposedContext.Role"/>.</summary>
    /// <typeparam name="TStatus">The service class's status enum for N-EVENT-REPORT.</typeparam>
    /// <param name="sopClass">The Affected SOP Class.</param>
    /// <param name="sopInstanceUid">The Affected SOP Instance; often a well-known one.</param>
    /// <param name="eventTypeId">Event Type ID (0000,1002).</param>
    /// <param name="dataset">The Event Information, if any.</param>
    /// <param name="cancellationToken">Stops waiting for the answer, which is discarded when it arrives.</param>
    /// <exception cref="ContextNotAcceptedException">The peer did not accept the SOP class, or not in this role.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<DimseResult<TStatus>> NEventReportAsync<TStatus>(
        SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        ArgumentException.ThrowIfNullOrEmpty(sopInstanceUid);
        return DimseResult<TStatus>.From(await _connection.SendAsync(
            _connection.Request(DimseOperation.NEventReport, sopClass, dataset) with { SopInstanceUid = sopInstanceUid, TypeId = eventTypeId }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Releases the association (PS3.8 §7.2), after the requests that were made before. Does nothing if it is already over.</summary>
    /// <param name="cancellationToken">Stops waiting, and aborts the association.</param>
    /// <exception cref="AssociationTimeoutException">The peer did not answer in time; the association was aborted.</exception>
    public ValueTask ReleaseAsync(CancellationToken cancellationToken = default) => _connection.ReleaseAsync(cancellationToken);

    /// <summary>Aborts the association (PS3.8 §7.3). Pending requests fail. Does nothing if it is already over.</summary>
    public ValueTask AbortAsync() => new(_connection.AbortAsync());

    /// <summary>Releases the association if it is open; aborts it if that fails. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.ReleaseAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (AssociationException)
        {
            // It has been aborted by now, which is all that disposing promises.
        }
    }
}
