namespace Specgen.Outbox;

/// <summary>
/// Knows how to send one kind of message: reports of storage commitment; notifications of performed procedure steps, of unified procedure steps, of
/// instance availability. Called by several threads at
/// once for different peers, and for the messages to one peer one after the other, over one association.
/// </summary>
public interface IOutboxSender
{
    /// <summary>The kind: <see cref="OutboxEntry.Kind"/>.</summary>
    string Kind { get; }

    /// <summary>What is proposed on an association for it: with <see cref="DicomRole.Scp"/> for N-EVENT-REPORT, as SCU for N-CREATE.</summary>
    IReadOnlyList<ProposedContext> Contexts { get; }

    /// <summary>The SOP class whose notifications may go over an association that the peer opened; <see langword="null"/> where they are no
    /// notifications.</summary>
    SopClass? NotifiedSopClass { get; }

    /// <summary>Makes the message from what was stored, sends it, and returns the outcome.</summary>
    /// <param name="message">The message.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="route">The way to the peer; asked for when there is something to send.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="InvalidDataException">What was stored cannot be read: the message is set aside.</exception>
    /// <exception cref="AssociationException">The peer could not be reached, or did not answer: the message is tried again. So it is after any other exception, which is logged as
    /// an error.</exception>
    ValueTask<OutboxOutcome> SendAsync(OutboxMessage message, ReadOnlyMemory<byte> payload, IOutboxRoute route, CancellationToken cancellationToken);
}
