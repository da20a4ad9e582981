using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Archive.Tests.Compose;

/// <summary>Tells by DNS (RFC 1035) at which addresses a service is, as an engine's own name server does for those in its network.</summary>
internal sealed class NameServer : IDisposable
{
    private const ushort Answer = 0x8580, NoSuchName = 3, InternetAddress = 1;

    private readonly UdpClient _socket;
    private readonly IReadOnlyDictionary<string, IPAddress[]> _names;

    public NameServer(IPAddress address, IReadOnlyDictionary<string, IPAddress[]> names)
    {
        (_socket, _names) = (new UdpClient(new IPEndPoint(address, 0)), names);
        _ = AnswerAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.Client.LocalEndPoint!;

    public void Dispose() => _socket.Dispose();

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var question = await _socket.ReceiveAsync();
                await _socket.SendAsync(AnswerTo(question.Buffer), question.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Disposed of: who asks hears nothing, and his test fails.
        }
    }

    private byte[] AnswerTo(byte[] question)
    {
        var (name, end) = (new StringBuilder(), 12);
        for (; question[end] != 0; end += question[end] + 1)
        {
            name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(question, end + 1, question[end]));
        }
        var type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(end + 1));
        var known = _names.TryGetValue(name.ToString(), out var addresses);
        IPAddress[] found = known && type == InternetAddress ? addresses! : [];
        using var answer = new MemoryStream();
        answer.Write(question, 0, 2);
        foreach (var number in (ushort[])[(ushort)(Answer | (known ? 0 : NoSuchName)), 1, (ushort)found.Length, 0, 0])
        {
            Write(answer, number);
        }
        answer.Write(question, 12, end + 5 - 12);
        foreach (var address in found)
        {
            // The name is that of the question; type and class; seconds that it is good for; length.
            foreach (var number in (ushort[])[0xC00C, InternetAddress, 1, 0, 1, 4])
            {
                Write(answer, number);
            }
            answer.Write(address.GetAddressBytes());
        }
        return answer.ToArray();
    }

    private static void Write(MemoryStream stream, ushort number) => stream.Write([(byte)(number >> 8), (byte)number]);
}
