namespace Specgen.Outbox;

/// <summary>There is no way to the peer: what else waits for it need not be tried now.</summary>
internal sealed class NoRouteException(AssociationException why) : AssociationException(why.Message, why);
