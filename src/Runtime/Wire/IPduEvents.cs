namespace Specgen.Network;

/// <summary>What <see cref="PduReader"/> finds in the bytes, in their order.</summary>
internal interface IPduEvents
{
    /// <summary>A whole PDU that is not P-DATA-TF, its header included.</summary>
    Violation? Pdu(ReadOnlySpan<byte> pdu);

    /// <summary>A fragment of a message begins (PS3.8 E.2).</summary>
    Violation? BeginFragment(byte contextId, byte control);

    /// <summary>A piece of the fragment; may be called any number of times.</summary>
    Violation? Fragment(ReadOnlySpan<byte> bytes);

    /// <summary>The fragment is complete.</summary>
    Violation? EndFragment();
}
