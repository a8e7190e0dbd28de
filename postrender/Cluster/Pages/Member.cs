using Tempo.PostRender.Addresses;

namespace Tempo.PostRender.Cluster.Pages;

/// <summary>A member of memberlist or an instance of a ring, as one pod sees it.</summary>
/// <param name="Name">Its name: the host's for a ring; memberlist may add a random suffix.</param>
/// <param name="Endpoint">The address that other members dial.</param>
/// <param name="State">Its state, as on the page: <c>ACTIVE</c>, <c>UNHEALTHY</c>, <c>Alive</c>.</param>
internal sealed record Member(string Name, Endpoint Endpoint, string State)
{
    /// <summary>The family over which it is dialled, or null if the page shows a name instead of an address.</summary>
    public AddressFamily? Family => Endpoint.Host.Family;

    /// <summary>The address without its port, in its shortest form.</summary>
    public string Address => Host.Normalize(Endpoint.Host.Text);
}
