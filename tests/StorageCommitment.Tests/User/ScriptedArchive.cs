using System.Collections.Concurrent;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.StorageCommitment.Tests.User;

/// <summary>A provider that reports when and what a test says.</summary>
[Scp<StorageCommitmentServiceClass>(SopClasses = [SopClassUids.StorageCommitmentPushModel])]
internal sealed partial class ScriptedArchive
{
    /// <summary>Before the request is answered.</summary>
    public Func<ScriptedArchive, NActionContext, Task> Before { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>With the answer.</summary>
    public Action<ScriptedArchive, NActionContext> After { get; init; } = static (_, _) => { };

    public StorageCommitmentNActionStatus Status { get; init; } = StorageCommitmentNActionStatus.Success;

    public NActionContext? Owed { get; set; }

    /// <summary>What the user answered to reports; FFFF where it did not.</summary>
    public ConcurrentQueue<ushort> Answers { get; } = [];

    public async Task WaitForAnswersAsync(int count)
    {
        for (var i = 0; Answers.Count < count; i++)
        {
            Assert.IsLessThan(1000, i);
            await Task.Delay(20);
        }
    }

    public async Task ReportAsync(
        NActionContext request, PeerLink peer, CancellationToken cancellationToken, bool fails = false, string? transaction = null,
        int mentions = int.MaxValue)
    {
        var asked = new StorageCommitmentModule(request.Dataset!);
        var items = new DicomSequence(fails ? DicomTag.FailedSOPSequence : DicomTag.ReferencedSOPSequence);
        foreach (var reference in asked.ReferencedSopSequence.Take(mentions))
        {
            var item = new DicomDataset().NotValidated().AddOrUpdate(DicomVR.UI, DicomTag.ReferencedSOPClassUID,
                reference.ReferencedSopClassUid).AddOrUpdate(DicomVR.UI, DicomTag.ReferencedSOPInstanceUID, reference.ReferencedSopInstanceUid);
            items.Items.Add(fails ? item.AddOrUpdate(DicomVR.US, DicomTag.FailureReason, (ushort)FailureReason.ResourceLimitation) : item);
        }

        var report = new DicomDataset().NotValidated().AddOrUpdate(DicomVR.UI, DicomTag.TransactionUID,
            transaction ?? asked.TransactionUid!).AddOrUpdate(items);
        try
        {
            var type = fails ? StorageCommitmentEvent.StorageCommitmentRequestCompleteFailuresExist
                : StorageCommitmentEvent.StorageCommitmentRequestSuccessful;
            var answer = await NEventReportAsync(peer, WellKnownSopInstanceUids.StorageCommitmentPushModelInstance, type, report, cancellationToken);
            Answers.Enqueue(answer.Code);
        }
        catch (AssociationException)
        {
            Answers.Enqueue(0xFFFF);
        }
    }

    public async partial ValueTask<DimseResult<StorageCommitmentNActionStatus>> OnNActionAsync(
        NActionContext context, CancellationToken cancellationToken)
    {
        await Before(this, context);
        After(this, context);
        return Status;
    }
}
