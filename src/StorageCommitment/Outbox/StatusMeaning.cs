using Specgen.Standard;

namespace Specgen.Outbox;

/// <summary>What a response to something that was owed means.</summary>
internal static class StatusMeaning
{
    public static OutboxOutcome Of(DimseResponse response)
    {
        // The statuses of N-EVENT-REPORT are those of DIMSE-N in general (PS3.7 Annex C), which no service class may change the meaning of.
        var status = (StorageCommitmentNEventReportStatus)response.Status;
        return StatusCategories.Of(response.Status) switch
        {
            StatusCategory.Success or StatusCategory.Warning => OutboxOutcome.Done,
            _ when status is StorageCommitmentNEventReportStatus.ProcessingFailure or StorageCommitmentNEventReportStatus.ResourceLimitation
                or StorageCommitmentNEventReportStatus.DuplicateInvocation => OutboxOutcome.Again($"answered {response}", response.Status),
            _ => OutboxOutcome.Slowly($"answered {response}", response.Status),
        };
    }
}
