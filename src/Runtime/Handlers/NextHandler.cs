namespace Specgen;

/// <summary>What comes after a filter: the next one, or the handler.</summary>
/// <param name="cancellationToken">The request's token, or one that is cancelled sooner.</param>
/// <returns>The outcome. The last answer has not been sent yet; matches of a C-FIND and what a C-MOVE or C-GET asked for have.</returns>
public delegate ValueTask<RequestOutcome> NextHandler(CancellationToken cancellationToken);
